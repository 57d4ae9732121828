// The bundle has the parts in this order, in which it compresses best.
import { createTransition } from "./session/transition.js";
import { createTabs } from "./session/tabs.js";
import { createWatch } from "./session/watch.js";
import { createState } from "./session/state.js";
import { checkCurrentSession, type CurrentSession } from "./session/current-session.js";
import { createRefresh } from "./session/refresh.js";
import type { AuthClientOptions, CallOptions } from "./option-types.js";
import { createRedirectFlow } from "./redirect/redirect-flow.js";
import { createSessions } from "./session/sessions.js";
import { checkLogout, createPendingLogout, type Logout } from "./session/pending-logout.js";
import type { AuthClient } from "./client-types.js";
import type { Operation } from "./types.js";
import { type Calls, createCalls } from "./call/calls.js";
import { createIdentity, ifNobody } from "./session/identity.js";
import { createStorageItem } from "./storage.js";
import { readOptions, text } from "./options.js";
import { readStateOptions } from "./session/state-options.js";
import * as results from "./call/results.js";
import { createLogout } from "./session/logout.js";
import { createLogin } from "./session/login.js";

/**
 * Makes a client. Nothing is loaded or sent before its first call.
 *
 * @example
 * ```ts
 * const auth = createAuthClient({ timeout: 5000 });
 * ```
 *
 * @throws An {@link AuthError} with `invalid_argument` if an option is not valid.
 */
// eslint-disable-next-line max-lines-per-function -- its closures are the methods of one part, each of them short
export function createAuthClient(options: AuthClientOptions = {}): AuthClient {
  const config = readOptions(options);
  const { initial, refreshOn } = readStateOptions(options);
  const calls = createCalls(config);
  const state = createState(initial);
  // A token's user is not the cookie's, of whom other clients and tabs speak.
  const byCookie = config.accessToken === undefined && config.credentials !== "omit";
  const current = createStorageItem<CurrentSession>(
    byCookie ? config.storage : null,
    "localStorage",
    calls.keyOf("listSessions", "session"),
    checkCurrentSession,
  );
  const logoutItem = createStorageItem<Logout>(
    config.storage,
    byCookie ? "localStorage" : "sessionStorage",
    calls.keyOf("logout", "logout"),
    checkLogout,
  );
  const pending = createPendingLogout(config, calls, state, logoutItem);
  const identity = createIdentity(calls, state, pending.beforehand, () => tabs.listen());
  const tabs = createTabs(byCookie, calls, state, identity, pending, current);
  const transition = createTransition(calls, state, identity, pending.isPending);
  const refreshes = createRefresh(calls, state, identity.epoch, (operation, abort) =>
    identity.look(operation, abort).catch(ifNobody),
  );
  const watch = createWatch(refreshOn, calls, state, tabs, identity.renew, refreshes.refresh);

  /** A call of one exported function; of one that needs no session, `ask` is that of the calls. */
  const call = <T>(
    operation: Operation,
    options: CallOptions | undefined,
    read: results.Read<T>,
    { ask }: Pick<Calls, "ask"> = identity,
    texts: string[] = [],
  ): Promise<T> =>
    calls.limited(operation, options, (abort) => ask(operation, operation, abort, read, { texts }));

  return {
    ready: (options) => calls.limited("ready", options, calls.ready),
    login: createLogin(config, calls, pending, current, transition),
    logout: createLogout(config, calls, state, pending, transition),
    ...createSessions(config, calls, state, identity, current),
    listAccounts: (options) => call("listAccounts", options, results.readAccounts),
    unlinkAccount: async (provider, options) => {
      const operation = "unlinkAccount";
      await call(operation, options, results.readNothing, identity, [text(operation, "provider", provider)]);
      tabs.publish("accounts");
    },
    ...createRedirectFlow(config, calls, state, identity, tabs),
    listProviders: (options) => call("listProviders", options, results.readTexts, calls),
    getServerInfo: (options) => call("getServerInfo", options, results.readServerInfo, calls),
    getUser: (options) =>
      calls.limited("getUser", options, async (abort) => ({ ...(await identity.look("getUser", abort)) })),
    ...refreshes,
    getSnapshot: state.get,
    getServerSnapshot: () => initial,
    subscribe: watch.subscribe,
    dispose: () => {
      watch.end();
      calls.dispose();
      tabs.close();
    },
  };
}
