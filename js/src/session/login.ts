import type { Calls } from "../call/calls.js";
import { given } from "../given.js";
import type { CurrentSession } from "./current-session.js";
import { AuthError, hasCode } from "../errors.js";
import { isNobody } from "./identity.js";
import { type Config, reading, text } from "../options.js";
import type { PendingLogout } from "./pending-logout.js";
import * as results from "../call/results.js";
import { signedIn, signedOut, unknown } from "./state.js";
import type { StorageItem } from "../storage.js";
import { redirectTexts } from "../call/target.js";
import type { Transition } from "./transition.js";
import type { AuthClient } from "../client-types.js";
import type { Snapshot } from "../types.js";

const operation = "login";

/** Makes `login`: opens a session, and asks who is then signed in. */
export function createLogin(
  config: Config,
  calls: Calls,
  pending: PendingLogout,
  current: StorageItem<CurrentSession>,
  transition: Transition,
): AuthClient["login"] {
  return async (credentials, options) => {
    // Read at once: what the caller changes afterwards does not matter.
    const texts = reading(operation, () => {
      const { name, password } = given(credentials);
      return [
        text(operation, "name", name),
        text(operation, "password", password),
        ...redirectTexts(operation, given(options).redirect, calls, config),
      ];
    });
    let there: Snapshot | undefined;
    return transition(
      operation,
      options,
      async (abort, { sending, isNewest }) => {
        const look = async (): Promise<Snapshot> =>
          signedIn(await calls.ask("getUser", operation, abort, results.readUser));
        const unlessLost = (error: unknown): Snapshot => {
          // Unless a logout beside it has ended the session.
          if (isNobody(error) && isNewest() && config.accessToken === undefined) {
            throw new AuthError(operation, "cookie_not_kept", "the browser kept no cookie");
          }
          return unknown; // it has taken place
        };
        try {
          const answer = await calls.ask(operation, operation, abort, results.readLogin, {
            texts,
            beforehand: pending.beforehand,
            meanwhile: sending,
          });
          const { user, redirectTo, seen } = answer;
          const snapshot = user ? signedIn(user) : await look().catch(unlessLost);
          if (isNewest()) {
            await Promise.all([
              current.writeItem({ user: snapshot.user?.id, ...seen.clock?.() }),
              pending.erase(), // the server lets nobody log in beside a session
            ]);
          }
          return [{ redirectTo }, snapshot];
        } catch (error) {
          if (hasCode(error, "already_logged_in")) {
            there = await look().catch(() => undefined);
          }
          throw error;
        }
      },
      (error) => (isNobody(error) || hasCode(error, "cookie_not_kept") ? signedOut : there),
    );
  };
}
