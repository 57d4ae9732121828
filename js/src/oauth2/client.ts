import { createCalls } from "../call/calls.js";
import { pageOrigin, scope } from "../options.js";
import { type Channel, createChannel } from "../session/channel.js";
import { createState, signedOut, Source, unknown } from "../session/state.js";
import { createWatch } from "../session/watch.js";
import { createCompleteLogin } from "./complete-login.js";
import { createLogin } from "./login.js";
import { readOAuth2Options } from "./options.js";
import { createRevocations } from "./revocations.js";
import { createSession } from "./session.js";
import type { Token } from "./token.js";
import { createTokens } from "./tokens.js";
import { createTransactions } from "./transactions.js";
import type { OAuth2Client, OAuth2ClientOptions } from "./types.js";

/**
 * Makes a client of a server's OAuth2. Nothing is loaded or sent before its first call.
 *
 * @example
 * ```ts
 * const auth = createOAuth2Client({ baseURL: "https://q.example/api/v3", clientId: "…" });
 * ```
 *
 * @throws An {@link AuthError} with `invalid_argument` if an option is not valid.
 */
export function createOAuth2Client(options: OAuth2ClientOptions): OAuth2Client {
  const config = readOAuth2Options(options);
  let token: Token | undefined; // the one that calls are to send
  const calls = createCalls({ ...config, accessToken: () => token?.access ?? "" });
  const state = createState(config.initial);
  const isShared = isSharedStorage(config.storage);
  const revocations = createRevocations(config, calls);
  const listen = (): void => tabs.listen();
  const tokens = createTokens(
    config,
    calls,
    isShared,
    revocations,
    () => state.set(signedOut, Source.change),
    listen,
  );
  const session = createSession(config, calls, state, tokens, revocations, (one) => (token = one), listen);
  const tabs: Channel = createChannel(
    isShared,
    calls.keyOf("subscribe", `tabs:1:${config.clientId}`),
    (message) => {
      if (message !== "accounts") {
        session.tabChanged(message.user !== null);
        state.set(message, Source.tab);
      }
    },
  );
  state.onSet((next, source) => {
    if (next !== unknown && source === Source.change) {
      tabs.publish(next);
    }
    tabs.listen();
  });
  const watch = createWatch(config.refreshOn, calls, state, tabs, session.advanceEpoch, session.refresh);
  /** Where a page may return to. */
  const origins = (): string[] => config.redirectOrigins.concat(pageOrigin() ?? []);
  const transactions = createTransactions(config, calls, () =>
    origins().concat(new URL(calls.addresses("login").base).origin),
  );
  const { getAccessToken, getUser, known, logout, refresh } = session;
  return {
    ready: (options) => calls.limited("ready", options, calls.ready),
    login: createLogin(config, calls, transactions, origins),
    completeLogin: createCompleteLogin(config, calls, transactions, tokens.read, session.adoptToken),
    getAccessToken,
    getUser,
    known,
    logout,
    refresh,
    getSnapshot: state.get,
    getServerSnapshot: () => config.initial,
    subscribe: watch.subscribe,
    dispose: () => {
      watch.end();
      calls.dispose();
      tabs.close();
    },
  };
}

/** Whether other tabs have the same storage. */
function isSharedStorage(storage: OAuth2ClientOptions["storage"]): boolean {
  try {
    return Boolean(storage) && storage !== scope.sessionStorage;
  } catch {
    return true; // it is not the one that throws
  }
}
