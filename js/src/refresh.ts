import type { Calls } from "./calls.js";
import type { Signing } from "./transition.js";
import type { State } from "./state.js";
import type { CallOptions, Snapshot } from "./types.js";
import { ifNobody, type Who } from "./identity.js";

/** What a refresh is aborted with when another takes its place. */
const superseded = Symbol();

/**
 * Gives what asks the server who is signed in. A later one takes the place of
 * one that is under way, whose caller is then told what the later one finds.
 */
export function createRefresh(
  calls: Calls,
  state: State,
  who: Who,
  { first }: Signing,
): (options?: CallOptions) => Promise<Snapshot> {
  const operation = "refresh";
  let supersede = (): void => {};
  let newest: Promise<Snapshot>;
  return (options) => {
    supersede();
    newest = calls
      .limited(operation, options, async (abort) => {
        supersede = () => abort.stop(superseded);
        await who.look(operation, abort, first).catch(ifNobody);
        return state.get();
      })
      .catch((error: unknown) => {
        if (error !== superseded) {
          throw error;
        }
        const later = newest;
        return calls.limited(operation, options, () => later);
      });
    return newest;
  };
}
