// What each call takes and gives, for whoever writes TypeScript. A line after
// "@ts-expect-error" must not compile, for the reason beside it, or tsc fails.
import {
  type Account,
  type AuthClient,
  type AuthClientOptions,
  AuthError,
  type AuthErrorCode,
  type AuthStorage,
  createAuthClient,
  isAuthError,
  type Operation,
  type Redirected,
  type RedirectOutcome,
  type RefreshOnOptions,
  type RevokedSessions,
  type ServerInfo,
  type Session,
  type Snapshot,
  type User,
  type WasmFactory,
} from "traq-auth";
import { createAuthClient as inline } from "traq-auth/inline";
import oauth2Module from "traq-auth/traq-auth-oauth2.wasm";
import cookieModule from "traq-auth/traq-auth.wasm";
import { describe, type Language } from "traq-auth/messages";
import {
  createOAuth2Client,
  isAuthError as isOAuth2Error,
  type OAuth2Client,
  type OAuth2ClientOptions,
  type OAuth2LoginOptions,
  type Scope,
} from "traq-auth/oauth2";
import { createOAuth2Client as oauth2Inline } from "traq-auth/oauth2/inline";
import { createOAuth2Client as oauth2Slim, type SlimOAuth2ClientOptions } from "traq-auth/oauth2/slim";
import { createAuthClient as slim, type SlimAuthClientOptions } from "traq-auth/slim";

/** Fails to compile unless both types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : never;
const gives =
  <Expected>() =>
  <Actual>(_call: (...args: never[]) => Actual, _same: Same<Actual, Expected>): void => {};

declare const auth: AuthClient;
gives<Promise<void>>()(auth.ready, true);
gives<Promise<Redirected>>()(auth.login, true);
gives<Promise<Redirected>>()(auth.logout, true);
gives<Promise<Session[]>>()(auth.listSessions, true);
gives<Promise<void>>()(auth.revokeSession, true);
gives<Promise<RevokedSessions>>()(auth.revokeOtherSessions, true);
gives<Promise<Account[]>>()(auth.listAccounts, true);
gives<Promise<{ url: string }>>()(auth.linkAccount, true);
gives<Promise<void>>()(auth.unlinkAccount, true);
gives<Promise<string[]>>()(auth.listProviders, true);
gives<Promise<ServerInfo>>()(auth.getServerInfo, true);
gives<Promise<{ url: string }>>()(auth.loginWith, true);
gives<Promise<RedirectOutcome | null>>()(auth.completeRedirect, true);
gives<Promise<User>>()(auth.getUser, true);
gives<Promise<Snapshot>>()(auth.refresh, true);
gives<Promise<Snapshot>>()(auth.known, true);
gives<Snapshot>()(auth.getSnapshot, true);
gives<Snapshot>()(auth.getServerSnapshot, true);
gives<() => void>()(auth.subscribe, true);
gives<void>()(auth.dispose, true);
gives<AuthClient>()(createAuthClient, true);
gives<AuthClient>()(inline, true);
gives<AuthClient>()(slim, true);
gives<string>()(describe, true);
// @ts-expect-error: it is told apart from what a call does not give
gives<Promise<number>>()(auth.listProviders, true);

// Each takes this.
const limits = { signal: new AbortController().signal, timeout: 1000 };
void auth.ready(limits);
void auth.login(
  { name: "alice", password: "secret" },
  { redirect: new URL("https://q.example/"), ...limits },
);
void auth.logout({ all: true, redirect: "/", ...limits });
void auth.listSessions(limits);
void auth.revokeSession("id", limits);
void auth.revokeOtherSessions(limits);
void auth.listAccounts(limits);
void auth.linkAccount("oidc", { returnTo: "/settings", navigate: false, ...limits });
void auth.unlinkAccount("oidc", limits);
void auth.listProviders(limits);
void auth.getServerInfo(limits);
void auth.loginWith("oidc", { navigate: (url) => void url.href, ...limits });
void auth.completeRedirect(limits);
void auth.getUser(limits);
void auth.refresh(limits);
void auth.known(limits);
const end: () => void = auth.subscribe(({ status, user }) => void [status, user]);
end();

// And nothing else.
// @ts-expect-error: no password
void auth.login({ name: "alice" });
// @ts-expect-error: all is no text
void auth.logout({ all: "yes" });
// @ts-expect-error: an id is a text
void auth.revokeSession(7);
// @ts-expect-error: a provider is needed
void auth.linkAccount();
// @ts-expect-error: a provider is needed
void auth.loginWith();
// @ts-expect-error: a provider is a text
void auth.unlinkAccount(null);
// @ts-expect-error: no such option
void auth.getUser({ timeOut: 1 });
// @ts-expect-error: a listener is a function
auth.subscribe("listener");
// @ts-expect-error: it has no module of its own
slim({ baseURL: "/api/v3" });
// @ts-expect-error: no such language
describe(new Error(), "fr");

// Options, all of them; what is known of who is signed in; what went wrong.
const storage: AuthStorage = { getItem: () => null, setItem: () => {}, removeItem: async () => {} };
const map = new Map<string, string>();
const inMemory: AuthStorage = {
  getItem: (key) => map.get(key),
  setItem: (key, value) => map.set(key, value),
  removeItem: (key) => map.delete(key),
};
declare const database: {
  get(key: string): Promise<string | undefined>;
  put(value: string, key: string): Promise<number | string>;
  delete(key: string): Promise<undefined>;
};
const inDatabase: AuthStorage = {
  getItem: (key) => database.get(key),
  setItem: (key, value) => database.put(value, key),
  removeItem: (key) => database.delete(key),
};
createAuthClient({ storage: inMemory });
createAuthClient({ storage: inDatabase });
createAuthClient({ storage: localStorage });
// @ts-expect-error: it stores texts
createAuthClient({ storage: { ...inMemory, getItem: () => 7 } });
// @ts-expect-error: it cannot remove anything
createAuthClient({ storage: { getItem: () => null, setItem: () => {} } });
const wasm: WasmFactory = () => fetch("/traq-auth.wasm");
// Whatever a tool makes of the import of a file.
const asModule: AuthClientOptions = { wasm: cookieModule };
const asOAuth2Module: Pick<OAuth2ClientOptions, "wasm"> = { wasm: oauth2Module };
const refreshOn: RefreshOnOptions = { subscribe: true, visible: false, interval: 60_000 };
const options: Required<AuthClientOptions> = {
  baseURL: new URL("https://q.example/api/v3"),
  accessToken: async () => "token",
  credentials: "include",
  authURL: undefined,
  fetch,
  timeout: 0,
  retries: 2,
  allowedRedirectOrigins: ["https://q.example"],
  navigate: (url) => location.assign(url),
  storage,
  initial: { status: "unknown", user: null },
  refreshOn,
  wasm,
};
createAuthClient(options);
createAuthClient({ wasm: new Uint8Array(8) });
const given: SlimAuthClientOptions = { wasm: "/traq-auth.wasm" };
slim(given);

const snapshot = auth.getSnapshot();
if (snapshot.status === "signed-in") {
  snapshot.user.name satisfies string;
  // @ts-expect-error: it is frozen
  snapshot.user.name = "bob";
} else {
  snapshot.user satisfies null;
}

const error: unknown = new AuthError("login", "timeout", "no answer");
const language: Language = "ja";
if (isAuthError(error)) {
  error satisfies AuthError;
  error.code satisfies AuthErrorCode;
  error.operation satisfies Operation;
  error.status satisfies number | null;
  error.retryAfterMs satisfies number | null;
  error.retryable satisfies boolean;
  describe(error, language) satisfies string;
}

// OAuth2.
declare const app: OAuth2Client;
gives<Promise<{ url: string }>>()(app.login, true);
gives<Promise<{ returnTo: string | null } | null>>()(app.completeLogin, true);
gives<Promise<string>>()(app.getAccessToken, true);
gives<Promise<void>>()(app.logout, true);
gives<Promise<User>>()(app.getUser, true);
gives<Promise<Snapshot>>()(app.refresh, true);
gives<Snapshot>()(app.getSnapshot, true);
gives<Snapshot>()(app.getServerSnapshot, true);
gives<() => void>()(app.subscribe, true);
gives<Promise<void>>()(app.ready, true);
gives<void>()(app.dispose, true);
gives<OAuth2Client>()(createOAuth2Client, true);
gives<OAuth2Client>()(oauth2Inline, true);
gives<OAuth2Client>()(oauth2Slim, true);

const login: Required<OAuth2LoginOptions> = { returnTo: "/", navigate: false, prompt: "none", ...limits };
void app.login(login);
void app.login();
void app.completeLogin();
void app.completeLogin(new URL("https://app.example/callback"), limits);
void app.getAccessToken(limits);
void app.logout(limits);
void app.getUser(limits);
void app.refresh(limits);
void app.known(limits);
void app.ready(limits);
createAuthClient({ accessToken: app.getAccessToken });
const scope: Scope[] = ["profile", "of a later version"];
const oauth2Options: Required<OAuth2ClientOptions> = {
  baseURL: new URL("https://q.example/api/v3"),
  clientId: "id",
  redirectURI: new URL("https://app.example/callback"),
  scope,
  storage: null,
  fetch,
  timeout: 0,
  retries: 2,
  allowedRedirectOrigins: ["https://app.example"],
  navigate: (url) => location.assign(url),
  initial: { status: "signed-out", user: null },
  refreshOn,
  wasm,
};
createOAuth2Client(oauth2Options);
const slimOptions: SlimOAuth2ClientOptions = { baseURL: "/api/v3", clientId: "id", wasm: "/oauth2.wasm" };
oauth2Slim(slimOptions);
if (isOAuth2Error(error)) {
  error satisfies AuthError;
}
// @ts-expect-error: it cannot guess where the server is
createOAuth2Client({ clientId: "id" });
// @ts-expect-error: a client has an id
createOAuth2Client({ baseURL: "/api/v3" });
// @ts-expect-error: scopes are an array
createOAuth2Client({ baseURL: "/api/v3", clientId: "id", scope: "read" });
// @ts-expect-error: it has no module of its own
oauth2Slim({ baseURL: "/api/v3", clientId: "id" });
// @ts-expect-error: no such prompt
void app.login({ prompt: "login" });
// @ts-expect-error: an address is a text or a URL
void app.completeLogin(7);
// @ts-expect-error: sessions are not for a token
app.listSessions;
