import type { Calls } from "../call/calls.js";
import { type State, unknown } from "./state.js";
import type { Abort } from "../abort.js";
import type { AuthClient } from "../client-types.js";
import type { Operation, Snapshot } from "../types.js";

/**
 * Makes `refresh`, which asks the server who is signed in, and `known`, which does
 * so where that is not known. `look` asks once; where its answer did not count, since
 * a login or a logout came between, and that one did not tell, it asks anew.
 */
export function createRefresh(
  calls: Calls,
  state: State,
  epoch: () => number,
  look: (operation: Operation, abort: Abort) => Promise<unknown>,
): Pick<AuthClient, "known" | "refresh"> {
  let sets = 0;
  state.onSet((next) => {
    sets += Number(next !== unknown);
  });
  async function ask(operation: Operation, abort: Abort): Promise<Snapshot> {
    const before = sets;
    let asked: number;
    do {
      asked = epoch();
      await look(operation, abort);
    } while (asked !== epoch() && (sets === before || !state.isKnown()));
    return state.get();
  }
  return {
    refresh: (options) => calls.limited("refresh", options, (abort) => ask("refresh", abort)),
    known: (options) =>
      calls.limited("known", options, (abort) => {
        let end: () => void;
        return new Promise<Snapshot>((resolve, reject) => {
          // A login's answer or another tab's may come first.
          end = state.subscribe((snapshot) => {
            if (snapshot !== unknown) {
              resolve(snapshot);
            }
          });
          if (state.get() === unknown) {
            ask("known", abort).then(resolve, reject);
          }
        }).finally(() => end());
      }),
  };
}
