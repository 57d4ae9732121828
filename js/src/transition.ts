import type { Arguments, Calls, First } from "./calls.js";
import { AuthError, type AuthErrorCode, isAuthError } from "./errors.js";
import type { Config } from "./options.js";
import { createOwedLogout, type Debt } from "./pending-logout.js";
import * as results from "./results.js";
import { signedIn, signedOut, type State, unknown } from "./state.js";
import type { Own } from "./current-session.js";
import type { Place } from "./storage.js";
import type { Tabs } from "./tabs.js";
import type { Abort } from "./transport.js";
import type { CallOptions, Operation, Redirected, Snapshot } from "./types.js";
import { ifNobody, isNobody, type Who } from "./identity.js";
import type { Text } from "./wire.js";

/** Errors of a call of which nobody knows whether the server has done it; an abort's reason is another. */
const onTheWay: readonly AuthErrorCode[] = [
  "network_error",
  "timeout",
  "cross_origin_blocked",
  "invalid_response",
  "runtime_crashed",
];

const signsOut = (error: unknown): boolean =>
  isNobody(error) || (isAuthError(error) && error.code === "cookie_not_kept");

const isOnTheWay = (error: unknown): boolean => !isAuthError(error) || onTheWay.includes(error.code);

/** Signing in and out, and what that makes of the state. */
export interface Signing {
  readonly login: (options: CallOptions | undefined, args: Arguments) => Promise<Redirected>;
  readonly logout: (options: CallOptions | undefined, all: boolean, texts: Text[]) => Promise<Redirected>;
  /** What must come before all that needs a session, or is to open one: a logout that is owed. */
  readonly first: First;
  /** To be told that this session was ended otherwise. */
  readonly ended: () => void;
  /** To be told what another tab has done. */
  readonly heard: (snapshot: Snapshot) => void;
}

export function createSigning(
  config: Config,
  calls: Calls,
  state: State,
  who: Who,
  kept: Place<Partial<Debt>>,
  own: Place<Own>,
  tabs: Tabs,
): Signing {
  const owed = createOwedLogout(kept);
  let paying: Promise<void> | undefined;

  async function settle(operation: Operation, abort: Abort): Promise<void> {
    await owed.load();
    while (paying) {
      await paying.catch(() => {}); // not this call's
    }
    const debt = owed.get();
    if (debt) {
      paying = payNow(debt, operation, abort)
        .then(owed.settle, (error: unknown) => {
          if (isAuthError(error) && !error.retryable) {
            owed.settle(); // it would fail for ever
            state.set(unknown);
          }
          throw error;
        })
        .finally(() => (paying = undefined));
      await paying;
    }
  }

  async function payNow({ all, user }: Debt, operation: Operation, abort: Abort): Promise<void> {
    if (user !== null && config.accessToken === undefined) {
      const there = await calls.ask("getUser", operation, abort, results.readUser).catch(ifNobody);
      if (there?.id !== user) {
        return;
      }
    }
    await calls.ask("logout", operation, abort, results.readNothing, logoutOf(all, [null, null]));
  }

  /** Runs a login or a logout, and sets the state before it settles. */
  async function signing<T>(
    operation: Operation,
    options: CallOptions | undefined,
    task: (abort: Abort, sending: () => void) => Promise<[T, Snapshot]>,
    failed: (error: unknown) => Snapshot | undefined,
  ): Promise<T> {
    who.turn();
    const request = { sent: false };
    let next: Snapshot | undefined;
    let done = operation === "logout"; // which counts even where it is still owed
    try {
      const [value, snapshot] = await calls.limited(operation, options, (abort) =>
        task(abort, () => (request.sent = true)),
      );
      next = snapshot;
      done = true;
      return value;
    } catch (error) {
      next = failed(error) ?? (request.sent && isOnTheWay(error) ? unknown : undefined);
      throw error;
    } finally {
      who.turn();
      if (next) {
        state.set(next);
        if (done && next !== unknown) {
          tabs.tell(next);
        }
      }
    }
  }

  return {
    first: settle,

    ended() {
      who.turn();
      state.set(signedOut);
      tabs.tell(signedOut);
    },

    heard({ user }) {
      who.turn();
      if (!user) {
        owed.doubt();
      } else if (owed.get()) {
        owed.settle(); // the server lets nobody log in beside a session
      }
      state.hear(user ? signedIn(user) : signedOut);
    },

    login(options, args) {
      const operation = "login";
      let there: Snapshot | undefined;
      return signing(
        operation,
        options,
        async (abort, sending) => {
          const look = async (): Promise<Snapshot> =>
            signedIn(await calls.ask("getUser", operation, abort, results.readUser));
          const unlessLost = (error: unknown): Snapshot => {
            if (isNobody(error) && config.accessToken === undefined) {
              throw new AuthError(
                operation,
                "cookie_not_kept",
                "the server opened a session, but the browser kept no cookie of it",
              );
            }
            return unknown; // it has taken place
          };
          try {
            const { user, redirectTo, seen } = await calls.ask(
              operation,
              operation,
              abort,
              results.readLogin,
              {
                ...args,
                first: async () => {
                  await settle(operation, abort);
                  sending();
                },
              },
            );
            const snapshot = user ? signedIn(user) : await look().catch(unlessLost);
            void own.write({ user: snapshot.user?.id, ...seen.clock?.() });
            return [{ redirectTo }, snapshot];
          } catch (error) {
            if (isAuthError(error) && error.code === "already_logged_in") {
              there = await look().catch(() => undefined);
            }
            throw error;
          }
        },
        (error) => (signsOut(error) ? signedOut : there),
      );
    },

    logout(options, all, texts) {
      const user = state.get().user?.id;
      return signing(
        "logout",
        options,
        async (abort, sending) => {
          await owed.load();
          all ||= owed.get()?.all === true;
          sending();
          const redirected = await calls.ask(
            "logout",
            "logout",
            abort,
            results.readRedirected,
            logoutOf(all, texts),
          );
          owed.settle();
          return [redirected, signedOut];
        },
        (error) => {
          if (isAuthError(error) && error.retryable) {
            owed.owe({ all, user: user ?? owed.get()?.user ?? null });
            return signedOut;
          }
          return undefined;
        },
      );
    },
  };
}

const logoutOf = (all: boolean, texts: Text[]): Arguments => ({ numbers: [Number(all)], texts });
