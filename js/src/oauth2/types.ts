import type { AuthClient } from "../client-types.js";
import type { AuthClientOptions, AuthStorage, CallOptions, LeaveOptions } from "../option-types.js";

/** A scope that traQ knows (RFC 6749, section 3.3). */
export type Scope = "read" | "write" | "manage_bot" | "openid" | "profile" | (string & {});

/** Options of {@link createOAuth2Client}. */
export interface OAuth2ClientOptions extends Pick<
  AuthClientOptions,
  "fetch" | "timeout" | "retries" | "allowedRedirectOrigins" | "navigate" | "initial" | "refreshOn" | "wasm"
> {
  /** The API's base address, such as `https://q.example/api/v3`. A relative one is resolved against the page. */
  baseURL: string | URL;
  /** The id of a client that is registered at the server as a public client. */
  clientId: string;
  /**
   * The registered address to which the server redirects back. A relative one is resolved
   * against the page. Default: the page's address, without query and fragment.
   */
  redirectURI?: string | URL | undefined;
  /**
   * The scopes to ask for. Default: `["read"]`. `["profile"]` allows only to ask who the user
   * is. Without one of these two the client cannot know who is signed in.
   */
  scope?: readonly Scope[] | undefined;
  /**
   * Where the token is stored. Default: `sessionStorage`, which lasts as long as the
   * tab. `localStorage` outlasts the browser's end, and all tabs of the origin share it.
   * If it is null, the token is only in the page's memory; a login that is under way is then
   * in `sessionStorage`, because it has to outlast the page. If it throws, both are only in
   * memory: sign in by a popup.
   */
  storage?: AuthStorage | null | undefined;
}

/** Options of {@link OAuth2Client.login}. */
export interface OAuth2LoginOptions extends LeaveOptions {
  /**
   * `"none"` has the server redirect back at once, without a page for the user. The login then
   * succeeds only if the user is signed in at traQ and has consented before. Default: none.
   */
  prompt?: "none" | undefined;
}

/**
 * A client of one traQ server's OAuth2 (RFC 6749, with PKCE, RFC 7636). Its methods do not use
 * `this`, so they can be passed around.
 *
 * Every promise settles. A call rejects with an {@link AuthError}, or with `signal.reason`
 * if its signal aborts it. Besides the codes that a call names, every call can reject with
 * `network_error`, `timeout`, `rate_limited`, `server_error`, `not_found`,
 * `invalid_response`, `invalid_argument`, `invalid_client`, `wasm_load_failed`,
 * `runtime_crashed` and `disposed`. {@link AuthErrorCode} says what each
 * means.
 */
export interface OAuth2Client extends Pick<
  AuthClient,
  "ready" | "refresh" | "known" | "getSnapshot" | "getServerSnapshot" | "subscribe" | "dispose"
> {
  /**
   * Navigates to the server, which asks the user for consent and then redirects to
   * `redirectURI`; or only returns the address.
   *
   * @example
   * ```ts
   * await auth.login({ returnTo: location.href }); // navigates away
   * ```
   *
   * @throws An {@link AuthError} with `secure_context_required`, `unsafe_redirect`,
   * `browser_required`, or as every call.
   */
  readonly login: (options?: OAuth2LoginOptions) => Promise<{
    /** The absolute address of the server's page. */
    url: string;
  }>;
  /**
   * Completes a login on the page at `redirectURI`, with the server's answer in the page's
   * address, or in an address that is given, for instance a popup's. It removes the answer from the
   * page's address first. Returns null if there is no answer, or if this page has completed it
   * already. Calls at the same time share one result. If it rejects with an error that is
   * `retryable`, nothing was sent, and the same call may succeed later; otherwise call `login` again.
   *
   * @example
   * ```ts
   * const completed = await auth.completeLogin();
   * if (completed) location.replace(completed.returnTo ?? "/");
   * ```
   *
   * @throws An {@link AuthError} with `access_denied`, `login_required`, `consent_required`,
   * `invalid_scope`, `invalid_grant`, `invalid_request`, `state_mismatch`, `login_not_started`,
   * `browser_required`, `not_authenticated` if somebody signs out meanwhile, here or in another
   * tab, or as every call. After any other error, whoever was signed in before still is. But after a
   * `timeout` or an abort the login may have succeeded, if the token had come: call {@link refresh}.
   */
  readonly completeLogin: (
    url?: string | URL,
    options?: CallOptions,
  ) => Promise<{
    /** The `returnTo` of `login` as an absolute address; null if none was given. */
    returnTo: string | null;
  } | null>;
  /**
   * Returns an access token. If it expires within 30 s and the server gave a refresh token, it is
   * renewed first.
   *
   * @example
   * ```ts
   * const response = await fetch("https://q.example/api/v3/channels", {
   *   headers: { Authorization: `Bearer ${await auth.getAccessToken()}` },
   * });
   * ```
   *
   * @throws An {@link AuthError} with `not_authenticated`, or as every call.
   */
  readonly getAccessToken: (options?: CallOptions) => Promise<string>;
  /**
   * Forgets the token, then revokes it at the server (RFC 7009). If no answer of the server's own
   * comes, for instance offline, the call rejects, but the state is `signed-out` and the revocation
   * stays pending: this page, or a later one with the same storage, sends it. The user stays signed
   * in at traQ itself.
   *
   * @example
   * ```ts
   * await auth.logout();
   * ```
   *
   * @throws An {@link AuthError}, as every call.
   */
  readonly logout: (options?: CallOptions) => Promise<void>;
  /**
   * Returns the user who is signed in.
   *
   * @example
   * ```ts
   * const { displayName } = await auth.getUser();
   * ```
   *
   * @throws An {@link AuthError} with `not_authenticated`, `insufficient_scope`,
   * `account_suspended`, or as every call.
   */
  readonly getUser: AuthClient["getUser"];
}
