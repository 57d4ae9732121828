import type { Calls } from "../call/calls.js";
import { given } from "../given.js";
import { type Config, flag, reading } from "../options.js";
import { logoutArguments, type PendingLogout } from "./pending-logout.js";
import * as results from "../call/results.js";
import { signedOut, type State } from "./state.js";
import { redirectTexts } from "../call/target.js";
import type { Transition } from "./transition.js";
import type { AuthClient } from "../client-types.js";

const operation = "logout";

/** Makes `logout`: ends the session, now or, where it fails, before the next call that needs one. */
export function createLogout(
  config: Config,
  calls: Calls,
  state: State,
  pending: PendingLogout,
  transition: Transition,
): AuthClient["logout"] {
  return async (options) => {
    const { all, texts } = reading(operation, () => ({
      all: flag(operation, "all", given(options).all, false),
      texts: redirectTexts(operation, given(options).redirect, calls, config),
    }));
    const user = state.get().user?.id ?? null;
    return transition(operation, options, (abort, { sending, isAlone }) =>
      pending.send({ all, user }, abort, async (all) => {
        const redirected = await calls.ask(operation, operation, abort, results.readRedirected, {
          ...logoutArguments(all, texts),
          meanwhile: sending,
        });
        // A login beside it may have opened a session since it was sent.
        if (isAlone()) {
          await pending.erase();
        }
        return [redirected, signedOut];
      }),
    );
  };
}
