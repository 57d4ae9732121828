import type { CallOptions, Credentials, LeaveOptions, LoginOptions, LogoutOptions } from "./option-types.js";
import type {
  Account,
  RedirectOutcome,
  Redirected,
  RevokedSessions,
  ServerInfo,
  Session,
  Snapshot,
  User,
} from "./types.js";

/**
 * A client of one traQ server. Its methods do not use `this`, so they can be passed around.
 *
 * Every promise settles. A call rejects with an {@link AuthError}, or with `signal.reason`
 * if its signal aborts it. Besides the codes that a call names, every call can reject with
 * `network_error`, `timeout`, `cross_origin_blocked`, `rate_limited`, `server_error`,
 * `not_found`, `invalid_response`, `invalid_argument`, `wasm_load_failed`,
 * `runtime_crashed` and `disposed`. {@link AuthErrorCode} says what each means.
 */
export interface AuthClient {
  /**
   * Loads the module before the first call needs it.
   *
   * @example
   * ```ts
   * void auth.ready(); // while the user types
   * ```
   *
   * @throws An {@link AuthError}, as every call; for instance `wasm_load_failed`.
   */
  readonly ready: (options?: CallOptions) => Promise<void>;
  /**
   * Opens a session, which the browser stores in a cookie, and asks the server who is
   * then signed in.
   *
   * @example
   * ```ts
   * await auth.login({ name: "alice", password: "password1234" });
   * console.log(auth.getSnapshot().user?.displayName);
   * ```
   *
   * @throws An {@link AuthError} with `invalid_credentials`, `already_logged_in`,
   * `account_suspended`, `authorization_not_allowed`, `invalid_request`,
   * `unsafe_redirect`, `cookie_not_kept`, or as every call.
   */
  readonly login: (credentials: Credentials, options?: LoginOptions) => Promise<Redirected>;
  /**
   * Ends the current session, or all of the user's sessions. It also succeeds if nobody is
   * signed in. The client stores a logout before it sends it. If the server does not confirm it,
   * for instance offline, the call rejects, but the state is `signed-out` and the logout stays
   * pending: this page, or a later one with the same storage, sends it before
   * the next call that needs a session.
   *
   * @example
   * ```ts
   * await auth.logout({ all: true }); // everywhere
   * ```
   *
   * @throws An {@link AuthError} with `unsafe_redirect`, or as every call.
   */
  readonly logout: (options?: LogoutOptions) => Promise<Redirected>;
  /**
   * Returns the user's sessions, in no particular order.
   *
   * @example
   * ```ts
   * for (const { id, issuedAt, current } of await auth.listSessions()) {
   *   console.log(id, issuedAt.toLocaleString(), current ? "this browser" : "");
   * }
   * ```
   *
   * @throws An {@link AuthError} with `not_authenticated`, `account_suspended`, with an
   * `accessToken` also `invalid_token`, `insufficient_scope`, `bot_not_permitted`, or as every call.
   */
  readonly listSessions: (options?: CallOptions) => Promise<Session[]>;
  /**
   * Ends the session with this id, a UUID. It also succeeds if there is none. If it was
   * the current session, the state becomes `signed-out`, provided that this client has listed the
   * sessions or knows its own; otherwise call {@link refresh} afterwards.
   *
   * @example
   * ```ts
   * const [session] = await auth.listSessions();
   * if (session) await auth.revokeSession(session.id);
   * ```
   *
   * @throws An {@link AuthError} with `not_authenticated`, `account_suspended`, with an
   * `accessToken` also `invalid_token`, `insufficient_scope`, `bot_not_permitted`, or as every call.
   */
  readonly revokeSession: (id: string, options?: CallOptions) => Promise<void>;
  /**
   * Ends all of the user's sessions but the current one, and returns which it ended
   * and which it could not end.
   *
   * @example
   * ```ts
   * const { revoked, failed } = await auth.revokeOtherSessions();
   * console.log(`${revoked.length} ended, ${failed.length} not`);
   * ```
   *
   * @throws An {@link AuthError} with `current_session_unknown`, after which it has ended no
   * session; with `not_authenticated`, `account_suspended`, with an `accessToken` also
   * `invalid_token`, `insufficient_scope`, `bot_not_permitted`, or as every call.
   */
  readonly revokeOtherSessions: (options?: CallOptions) => Promise<RevokedSessions>;
  /**
   * Returns the external accounts that are linked to the user.
   *
   * @example
   * ```ts
   * for (const { providerName, externalName } of await auth.listAccounts()) {
   *   console.log(providerName, externalName);
   * }
   * ```
   *
   * @throws An {@link AuthError} with `not_authenticated`, `account_suspended`, with an
   * `accessToken` also `invalid_token`, `insufficient_scope`, `bot_not_permitted`, or as every call.
   */
  readonly listAccounts: (options?: CallOptions) => Promise<Account[]>;
  /**
   * Asks the server whether an account at the provider can be linked, then navigates
   * to the provider, or only returns the address. If it succeeds, traQ redirects back to `/`
   * of its origin; call {@link completeRedirect} there.
   *
   * @example
   * ```ts
   * await auth.linkAccount("google", { returnTo: "/settings" }); // navigates away
   * ```
   *
   * @throws An {@link AuthError} with `provider_not_enabled`, `already_linked`,
   * `not_authenticated`, `account_suspended`, `unsafe_redirect`, `browser_required`, or as
   * every call.
   */
  readonly linkAccount: (
    provider: string,
    options?: LeaveOptions,
  ) => Promise<{
    /** The absolute address of the provider's page. */
    url: string;
  }>;
  /**
   * Unlinks an external account.
   *
   * @example
   * ```ts
   * await auth.unlinkAccount("google");
   * ```
   *
   * @throws An {@link AuthError} with `not_linked`, `not_authenticated`, `account_suspended`, with an
   * `accessToken` also `invalid_token`, `insufficient_scope`, `bot_not_permitted`, or as every call.
   */
  readonly unlinkAccount: (provider: string, options?: CallOptions) => Promise<void>;
  /**
   * Returns the names of the external providers that the server has enabled. Nobody needs to be signed in.
   *
   * @example
   * ```ts
   * const providers = await auth.listProviders(); // ["google", "github"]
   * ```
   *
   * @throws An {@link AuthError}, as every call.
   */
  readonly listProviders: (options?: CallOptions) => Promise<string[]>;
  /**
   * Returns the server's version and settings. Nobody needs to be signed in.
   *
   * @example
   * ```ts
   * const { version, signUpAllowed } = await auth.getServerInfo();
   * ```
   *
   * @throws An {@link AuthError}, as every call.
   */
  readonly getServerInfo: (options?: CallOptions) => Promise<ServerInfo>;
  /**
   * Navigates to a provider to sign in with an account there, or only returns the address.
   * If it succeeds, traQ redirects back to `/` of its origin; call {@link completeRedirect} there.
   *
   * @example
   * ```ts
   * const { url } = await auth.loginWith("google", { navigate: false });
   * open(url);
   * ```
   *
   * @throws An {@link AuthError} with `already_logged_in`, `provider_not_enabled`,
   * `account_suspended`, `unsafe_redirect`, `browser_required`, or as every call.
   */
  readonly loginWith: (
    provider: string,
    options?: LeaveOptions,
  ) => Promise<{
    /** The absolute address of the provider's page. */
    url: string;
  }>;
  /**
   * Returns how a link or a login at a provider ended, if one was begun within the last ten
   * minutes; otherwise null. It returns each outcome once. Call it when the page loads, and on
   * `pageshow`, because the user may come back by the back button.
   *
   * @example
   * ```ts
   * const back = await auth.completeRedirect();
   * if (back?.outcome === "unchanged") console.log(`It did not succeed at ${back.provider}.`);
   * else if (back?.returnTo) location.replace(back.returnTo);
   * ```
   *
   * @throws An {@link AuthError} with `account_suspended`, or as every call. The outcome is then not
   * lost: call it again.
   */
  readonly completeRedirect: (options?: CallOptions) => Promise<RedirectOutcome | null>;
  /**
   * Returns the user who is signed in.
   *
   * @example
   * ```ts
   * const { displayName } = await auth.getUser({ timeout: 3000 });
   * ```
   *
   * @throws An {@link AuthError} with `not_authenticated`, `account_suspended`, with an
   * `accessToken` also `invalid_token`, `insufficient_scope`, or as every call.
   */
  readonly getUser: (options?: CallOptions) => Promise<User>;
  /**
   * Asks the server who is signed in, and returns the new snapshot. It does not reject if
   * nobody is signed in. Calls at the same time share a request, unless a login or a
   * logout came between them.
   *
   * @example
   * ```ts
   * const { status } = await auth.refresh();
   * console.log(status === "signed-in" ? "welcome" : "please sign in");
   * ```
   *
   * @throws An {@link AuthError} with `account_suspended`, with an `accessToken` also
   * `insufficient_scope`, or as every call. The snapshot is then as it was.
   */
  readonly refresh: (options?: CallOptions) => Promise<Snapshot>;
  /**
   * Returns the first snapshot that is not `unknown`. If there is one already, it returns that
   * without a request. Otherwise it asks the server, or waits for the answer if the client is
   * asking already. If it rejects, it may be called again.
   *
   * @example
   * ```ts
   * const { user } = await auth.known();
   * if (!user) location.assign("/login");
   * ```
   *
   * @throws An {@link AuthError} with the codes of {@link refresh}.
   */
  readonly known: (options?: CallOptions) => Promise<Snapshot>;
  /**
   * Returns what is known now, without a request. It returns the same object until something
   * changes, and the new one before the promise of the call that changed it settles.
   *
   * @example
   * ```ts
   * const { status, user } = auth.getSnapshot();
   * ```
   */
  readonly getSnapshot: () => Snapshot;
  /**
   * Returns the snapshot to render on a server: the option `initial`, or `unknown`.
   *
   * @example
   * ```ts
   * auth.getServerSnapshot().status; // "unknown"
   * ```
   */
  readonly getServerSnapshot: () => Snapshot;
  /**
   * Calls a listener at once with the current snapshot, then with every new one, and also when another tab
   * links or unlinks an account. Returns a function that ends this. While a page
   * has a listener, the client asks the server who is signed in, at the times that the option
   * `refreshOn` says.
   *
   * @example
   * ```ts
   * const unsubscribe = auth.subscribe(({ user }) => {
   *   document.title = user ? user.displayName : "Sign in";
   * });
   * unsubscribe(); // later
   * ```
   *
   * @throws An {@link AuthError} with `invalid_argument` if the listener is not a function.
   */
  readonly subscribe: (listener: (snapshot: Snapshot) => void) => () => void;
  /**
   * Ends the client. Pending and later calls reject with `disposed`, and nothing more is sent.
   *
   * @example
   * ```ts
   * auth.dispose();
   * ```
   */
  readonly dispose: () => void;
}
