import type { Calls } from "../call/calls.js";
import { type CurrentSession, findCurrent, isSameId } from "./current-session.js";
import { AuthError } from "../errors.js";
import type { Identity } from "./identity.js";
import { type Config, text } from "../options.js";
import * as results from "../call/results.js";
import { signedOut, Source, type State } from "./state.js";
import type { StorageItem } from "../storage.js";
import type { Abort } from "../abort.js";
import type { AuthClient } from "../client-types.js";
import type { Operation, Session } from "../types.js";

/** The calls on the user's sessions. */
export type Sessions = Pick<AuthClient, "listSessions" | "revokeSession" | "revokeOtherSessions">;

// eslint-disable-next-line max-lines-per-function -- its closures are the methods of one part, each of them short
export function createSessions(
  config: Config,
  calls: Calls,
  state: State,
  identity: Identity,
  current: StorageItem<CurrentSession>,
): Sessions {
  /** The current one's id by the last list, null where that did not tell; no storage may hold it, and it may be out of date. */
  let listed: string | null | undefined;

  async function list(operation: Operation, abort: Abort): Promise<Session[]> {
    const epoch = identity.epoch();
    let reading: Promise<CurrentSession | null> | undefined;
    const { sessions, seen } = await identity.ask("listSessions", operation, abort, results.readSessions, {
      // A browser opens its storage slowly, while the page waits.
      meanwhile: () => {
        reading = current.read();
      },
    });
    const stored = await reading;
    const user = state.get().user?.id;
    // When a login was says nothing of another user's, or of one who is not known yet.
    const known = stored?.id === undefined && stored?.user !== user ? null : stored;
    // A token's user need not be the cookie's.
    const id = config.accessToken === undefined ? findCurrent(sessions, known, seen.clock) : null;
    if (epoch === identity.epoch()) {
      if (id !== null) {
        void current.writeItem({ user, id });
      } else if (known) {
        void current.erase();
      }
    }
    listed = id;
    for (const session of sessions) {
      session.current = id === null ? null : session.id === id;
    }
    return sessions;
  }

  async function revoke(id: string, operation: Operation, abort: Abort): Promise<void> {
    await identity.ask("revokeSession", operation, abort, results.readNothing, { texts: [id] });
  }

  return {
    listSessions: (options) => calls.limited("listSessions", options, (abort) => list("listSessions", abort)),
    revokeSession: async (given, options) => {
      const operation = "revokeSession";
      const id = text(operation, "id", given);
      return calls.limited(operation, options, async (abort) => {
        await revoke(id, operation, abort);
        const own = (await current.read())?.id;
        if (own !== undefined && isSameId(own, id)) {
          identity.advanceEpoch();
          state.set(signedOut, Source.change);
        } else if (listed === null || (listed && isSameId(listed, id))) {
          await identity.look(operation, abort).catch(() => {}); // which sets the state
        }
      });
    },
    revokeOtherSessions: (options) => {
      const operation = "revokeOtherSessions";
      return calls.limited(operation, options, async (abort) => {
        const sessions = await list(operation, abort);
        if (!sessions.some(({ current }) => current)) {
          throw new AuthError(operation, "current_session_unknown", "log in again");
        }
        const revoked: string[] = [];
        const failed: { id: string; error: unknown }[] = [];
        await Promise.all(
          sessions.map(async ({ id, current }) => {
            if (!current) {
              await revoke(id, operation, abort).then(
                () => revoked.push(id),
                (error: unknown) => failed.push({ id, error }),
              );
            }
          }),
        );
        return { revoked, failed };
      });
    },
  };
}
