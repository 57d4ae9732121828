import { type Arguments, createCalls } from "./calls.js";
import { createLeaving } from "./leaving.js";
import { flag, must, reading, readOptions, text } from "./options.js";
import type { Debt } from "./owed-logout.js";
import type { Own } from "./own-session.js";
import { createRefresh } from "./refreshing.js";
import * as results from "./results.js";
import { createSigning } from "./signing.js";
import { createSessions } from "./sessions.js";
import { createState, signedOut, unknown } from "./state.js";
import { createPlace } from "./storage.js";
import { createTabs } from "./tabs.js";
import { targetTexts } from "./target.js";
import type { AuthClient, AuthClientOptions, CallOptions, Operation, RedirectOptions } from "./types.js";
import { onWakeup } from "./wakeups.js";
import { createWho } from "./who.js";
import type { Text } from "./wire.js";

/**
 * Makes a client. Nothing is loaded or sent before its first call.
 *
 * @throws {@link AuthError} `invalid_argument` for an option that cannot be.
 */
export function createAuthClient(options: AuthClientOptions = {}): AuthClient {
  const config = readOptions(options);
  const calls = createCalls(config);
  const state = createState((snapshot) => {
    if (snapshot === signedOut) {
      void own.remove();
    }
    tabs.listen();
  });
  // A token's user is not the cookie's, of whom other clients and tabs speak.
  const byCookie = config.accessToken === undefined && config.credentials !== "omit";
  const own = createPlace<Own>(
    byCookie ? config.storage : null,
    "localStorage",
    calls.key("listSessions", "session"),
  );
  const owed = createPlace<Partial<Debt>>(
    config.storage,
    byCookie ? "localStorage" : "sessionStorage",
    calls.key("logout", "logout"),
  );
  const departure = createPlace(config.storage, "sessionStorage", calls.key("completeRedirect", "departure"));
  const tabs = createTabs(byCookie, calls.key("subscribe", "tabs"), (told) =>
    told === "accounts" ? state.notify() : signing.heard(told),
  );
  const who = createWho(calls, state);
  const signing = createSigning(config, calls, state, who, owed, own, tabs);
  const leaving = createLeaving(config, calls, who, signing, departure, tabs);
  const refresh = createRefresh(calls, state, who, signing);

  /** A call of one exported function. */
  const call = <T>(
    operation: Operation,
    options: CallOptions | undefined,
    read: results.Read<T>,
    args: Arguments,
  ): Promise<T> =>
    calls.limited(operation, options, (abort) => who.ask(operation, operation, abort, read, args));

  const redirectTexts = (operation: Operation, options: RedirectOptions | undefined): Text[] =>
    targetTexts(
      operation,
      "redirect",
      options?.redirect,
      `${calls.addresses(operation).base}/${operation}`,
      config.redirectOrigins,
    );

  let listeners = 0;
  let endWakeups = (): void => {};

  return {
    ready: (options) =>
      calls.limited("ready", options, async (abort) => {
        await calls.ready(abort);
      }),
    login: async (credentials, options) => {
      // Read at once: what the caller changes afterwards does not matter.
      const texts = reading("login", () => {
        const { name, password } = credentials;
        return [
          text("login", "name", name),
          text("login", "password", password),
          ...redirectTexts("login", options),
        ];
      });
      return signing.login(options, { texts });
    },
    logout: async (options) => {
      const { all, texts } = reading("logout", () => ({
        all: flag("logout", "all", options?.all, false),
        texts: redirectTexts("logout", options),
      }));
      return signing.logout(options, all, texts);
    },
    ...createSessions(config, calls, state, who, signing, own),
    listAccounts: (options) => call("listAccounts", options, results.readAccounts, { first: signing.first }),
    linkAccount: (provider, options) => leaving.leave("linkAccount", provider, options),
    unlinkAccount: async (provider, options) => {
      const operation = "unlinkAccount";
      const texts = [text(operation, "provider", provider)];
      await call(operation, options, results.readNothing, { texts, first: signing.first });
      tabs.tell("accounts");
    },
    listProviders: (options) => call("listProviders", options, results.readTexts, {}),
    getServerInfo: (options) => call("getServerInfo", options, results.readServerInfo, {}),
    loginWith: (provider, options) => leaving.leave("loginWith", provider, options),
    completeRedirect: leaving.complete,
    getUser: (options) =>
      calls.limited("getUser", options, async (abort) => ({
        ...(await who.look("getUser", abort, signing.first)),
      })),
    refresh,
    getSnapshot: state.get,
    getServerSnapshot: () => unknown,
    subscribe: (listener) => {
      must(typeof listener === "function", "subscribe", "listener", "a function");
      const end = state.subscribe(listener);
      tabs.listen();
      if (listeners++ === 0 && !calls.pending.disposed()) {
        endWakeups = onWakeup(() => void refresh().catch(() => {})); // nobody waits for it
      }
      let ended = false;
      return () => {
        if (!ended) {
          ended = true;
          end();
          if (--listeners === 0) {
            endWakeups();
          }
        }
      };
    },
    dispose: () => {
      endWakeups();
      tabs.close();
      calls.dispose();
    },
  };
}
