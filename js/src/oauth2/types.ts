import type { AuthClient, AuthClientOptions, AuthStorage, CallOptions, LeaveOptions } from "../types.js";

/** A scope of traQ's. */
export type Scope = "read" | "write" | "manage_bot" | "openid" | "profile" | (string & {});

/** Options of {@link createOAuth2Client}. */
export interface OAuth2ClientOptions extends Pick<
  AuthClientOptions,
  "fetch" | "timeout" | "retries" | "allowedRedirectOrigins" | "navigate" | "initial" | "refreshOn" | "wasm"
> {
  /** The API's base address, as `https://q.example/api/v3`; resolved against the page. */
  baseURL: string | URL;
  /** The id of a client that is registered at the server as a public one: a page keeps no secret. */
  clientId: string;
  /**
   * Where the server leads back to: exactly what is registered, or an address
   * that is resolved against the page to that. Default: the page's address, without
   * query and fragment.
   */
  redirectURI?: string | URL | undefined;
  /**
   * What to ask for. Default: `["read"]`; `["profile"]` is for who it is and nothing
   * else. Who is signed in is only known with one of these two.
   */
  scope?: readonly Scope[] | undefined;
  /**
   * Where the token is stored. Default: `sessionStorage`, which lasts as long as the
   * tab. `localStorage` outlives the browser, and all tabs of the origin share it;
   * null is the page's memory alone, as is one that throws. A login that is under
   * way is in `sessionStorage` then all the same: it has to outlast the page.
   */
  storage?: AuthStorage | null | undefined;
}

/** Options of {@link OAuth2Client.login}. */
export interface OAuth2LoginOptions extends LeaveOptions {
  /** `"none"`: the server answers at once, without a word to the person. */
  prompt?: "none" | undefined;
}

/**
 * A client of one traQ server's OAuth2 (RFC 6749, with PKCE). Its methods need no
 * `this`, and every promise settles. Besides the codes that it names, any call can
 * reject with `network_error`, `timeout`, `cross_origin_blocked`, `rate_limited`,
 * `server_error`, `invalid_response`, `invalid_argument`, `invalid_client`,
 * `wasm_load_failed`, `runtime_crashed` and `disposed`.
 */
export interface OAuth2Client extends Pick<
  AuthClient,
  "ready" | "refresh" | "known" | "getSnapshot" | "getServerSnapshot" | "subscribe" | "dispose"
> {
  /**
   * Navigates to the server, which asks the person for consent and then leads to
   * `redirectURI`; or only returns the address. Throws `secure_context_required`,
   * `unsafe_redirect`, `browser_required`.
   *
   * @example
   * ```ts
   * await auth.login({ returnTo: location.href }); // the page is left
   * ```
   */
  readonly login: (options?: OAuth2LoginOptions) => Promise<{
    /** The absolute address of the server's page. */
    url: string;
  }>;
  /**
   * Completes a login on the page at `redirectURI`, by the server's answer in its
   * address, which it cleans first, or in another one that is given, as a popup has it.
   * Returns null where there is no answer, and where it was completed here already.
   * Calls at the same time share one answer. Throws `access_denied`, `login_required`,
   * `consent_required`, `invalid_scope`, `invalid_grant`, `invalid_request`,
   * `state_mismatch`, `login_not_started`; who was signed in before still is then.
   *
   * @example
   * ```ts
   * const completed = await auth.completeLogin();
   * if (completed) location.replace(completed.returnTo ?? "/");
   * ```
   */
  readonly completeLogin: (
    url?: string | URL,
    options?: CallOptions,
  ) => Promise<{
    /** Where to continue, as `login` was told: an absolute address; null where none was given. */
    returnTo: string | null;
  } | null>;
  /**
   * Returns an access token, renewed where it expires within half a minute and the
   * server gave a refresh token. Throws `not_authenticated`.
   *
   * @example
   * ```ts
   * const response = await fetch("https://q.example/api/v3/channels", {
   *   headers: { Authorization: `Bearer ${await auth.getAccessToken()}` },
   * });
   * ```
   */
  readonly getAccessToken: (options?: CallOptions) => Promise<string>;
  /**
   * Forgets the token here, then revokes it at the server (RFC 7009). Where that gets
   * no answer, as offline, the call rejects, but the state is signed-out, and the
   * revocation stays pending: this page, or a later one with the same storage, sends it.
   *
   * @example
   * ```ts
   * await auth.logout();
   * ```
   */
  readonly logout: (options?: CallOptions) => Promise<void>;
  /**
   * Returns who is signed in. Throws `not_authenticated`, `insufficient_scope`,
   * `account_suspended`.
   *
   * @example
   * ```ts
   * const { displayName } = await auth.getUser();
   * ```
   */
  readonly getUser: AuthClient["getUser"];
}
