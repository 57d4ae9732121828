import type { Calls } from "../call/calls.js";
import { type Identity, isNobody, isRefused } from "./identity.js";
import { signedIn, signedOut, Source, type State, unknown } from "./state.js";
import type { Abort } from "../abort.js";
import type { CallOptions } from "../option-types.js";
import type { Snapshot } from "../types.js";

/** A login or a logout that is under way. */
export interface Progress {
  /** To be called when a request of its own leaves: its first, or that which asks whether a redirect was the server's. */
  readonly sending: () => void;
  /** Whether no other has begun or was heard of since this one began; one before it may have ended. */
  readonly isNewest: () => boolean;
  /** Whether no other has ended either, or is under way beside it. */
  readonly isAlone: () => boolean;
}

/**
 * Runs a login or a logout, and sets the state before it settles. `run` returns
 * what it made of the state, and `failed` what a failure says of it, if anything;
 * while a logout is pending it says that nobody is signed in.
 */
export type Transition = <T>(
  operation: "login" | "logout",
  options: CallOptions | undefined,
  run: (abort: Abort, progress: Progress) => Promise<[T, Snapshot]>,
  failed?: (error: unknown) => Snapshot | undefined,
) => Promise<T>;

/**
 * Makes what a login and a logout have in common. Each begins an epoch and ends
 * it. Where another began or ended meanwhile, in this tab or in another, its own
 * answer does not say who is signed in now: then the last to end asks the server.
 */
// eslint-disable-next-line max-lines-per-function -- one login or logout, from its beginning to its end
export function createTransition(
  calls: Calls,
  state: State,
  identity: Identity,
  isPending: () => boolean,
): Transition {
  return async (operation, options, run, failed) => {
    const epoch = identity.advanceEpoch(1);
    const begun = identity.begun();
    let sent = 0 as number; // requests; changed by what runs within the limits
    let next: Snapshot | undefined;
    let looked = null as Snapshot | null;
    // What is pending counts as a logout, for the other tabs too.
    let source = operation === "logout" ? Source.change : Source.answer;
    const isNewest = (): boolean => epoch === identity.epoch();
    const isLast = (): boolean => identity.underWay() === 1;
    const progress: Progress = {
      sending: () => sent++,
      isNewest: () => begun === identity.begun(),
      isAlone: () => isNewest() && isLast(),
    };
    try {
      return await calls.limited(operation, options, async (abort) => {
        try {
          const [value, snapshot] = await run(abort, progress);
          next = snapshot;
          source = Source.change;
          const ended = identity.epoch() - epoch - (identity.begun() - begun);
          if (!ended && !isLast() && !isPending()) {
            state.set(snapshot, Source.answer); // what the caller expects, until the last tells better
          }
          return value;
        } finally {
          let asked = epoch; // an answer counts in the epoch in which it was asked for
          while (asked !== identity.epoch() && isLast() && !abort.signal.aborted) {
            looked = null;
            asked = identity.advanceEpoch(); // what was asked meanwhile may be out of date
            looked = await identity
              .look(operation, abort)
              .then(signedIn, (error: unknown) => (isNobody(error) ? signedOut : unknown));
          }
        }
      });
    } catch (error) {
      // What the server refuses after the first request has been answered is not the login or the logout.
      next = failed?.(error) ?? (sent > Number(isRefused(error)) ? unknown : undefined);
      throw error;
    } finally {
      if (looked) {
        next = looked;
        source = Source.change;
      } else if (!isNewest()) {
        next = isLast() ? unknown : undefined;
      }
      if (isPending()) {
        next = signedOut;
      }
      identity.advanceEpoch(-1);
      if (next) {
        state.set(next, source);
      }
    }
  };
}
