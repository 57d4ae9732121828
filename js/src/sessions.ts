import type { Calls } from "./calls.js";
import { AuthError } from "./errors.js";
import { type Config, text } from "./options.js";
import { findOwn, type Own } from "./current-session.js";
import * as results from "./results.js";
import type { Signing } from "./transition.js";
import type { State } from "./state.js";
import type { Place } from "./storage.js";
import type { Abort } from "./transport.js";
import type { AuthClient, Operation, Session } from "./types.js";
import type { Who } from "./identity.js";

/** The calls on the user's sessions. */
export type Sessions = Pick<AuthClient, "listSessions" | "revokeSession" | "revokeOtherSessions">;

export function createSessions(
  config: Config,
  calls: Calls,
  state: State,
  who: Who,
  signing: Signing,
  own: Place<Own>,
): Sessions {
  async function list(operation: Operation, abort: Abort): Promise<Session[]> {
    const turn = who.turns();
    let reading: Promise<Own | null> | undefined;
    const { sessions, seen } = await who.ask("listSessions", operation, abort, results.readSessions, {
      first: signing.first,
      // A browser opens its storage slowly, while the page waits.
      meanwhile: () => {
        reading = own.read();
      },
    });
    const kept = await reading;
    const user = state.get().user?.id;
    // When a login was says nothing of another user's, or of one who is not known yet.
    const known = kept?.id === undefined && kept?.user !== user ? null : kept;
    // A token's user need not be the cookie's.
    const id = config.accessToken === undefined ? findOwn(sessions, known, seen.clock) : null;
    if (turn === who.turns()) {
      if (id !== null) {
        void own.write({ user, id });
      } else if (known) {
        void own.remove();
      }
    }
    for (const session of sessions) {
      session.current = id === null ? null : session.id === id;
    }
    return sessions;
  }

  async function revoke(id: string, operation: Operation, abort: Abort): Promise<void> {
    await who.ask("revokeSession", operation, abort, results.readNothing, {
      texts: [id],
      first: signing.first,
    });
  }

  return {
    listSessions: (options) => calls.limited("listSessions", options, (abort) => list("listSessions", abort)),
    revokeSession: async (given, options) => {
      const operation = "revokeSession";
      const id = text(operation, "id", given);
      return calls.limited(operation, options, async (abort) => {
        await revoke(id, operation, abort);
        if ((await own.read())?.id === id.toLowerCase()) {
          signing.ended();
        }
      });
    },
    revokeOtherSessions: (options) => {
      const operation = "revokeOtherSessions";
      return calls.limited(operation, options, async (abort) => {
        const sessions = await list(operation, abort);
        if (!sessions.some(({ current }) => current)) {
          throw new AuthError(
            operation,
            "current_session_unknown",
            "which session is this one is not known; log in again, or end the others by revokeSession",
          );
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
