import type { Calls } from "../call/calls.js";
import { ifNobody, type Identity } from "./identity.js";
import { type State, unknown } from "./state.js";
import type { CallOptions, Snapshot } from "../types.js";

/**
 * Makes `refresh`: asks the server who is signed in. Where a login or a logout
 * came between, and left that unknown, it asks anew.
 */
export function createRefresh(
  calls: Calls,
  state: State,
  identity: Identity,
): (options?: CallOptions) => Promise<Snapshot> {
  const operation = "refresh";
  return (options) =>
    calls.limited(operation, options, async (abort) => {
      let asked: number;
      do {
        asked = identity.epoch();
        await identity.look(operation, abort).catch(ifNobody);
      } while (asked !== identity.epoch() && state.get() === unknown);
      return state.get();
    });
}
