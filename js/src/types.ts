/** The calls by name, as they stand in {@link AuthError.operation}. */
export type Operation =
  | "createAuthClient"
  | "ready"
  | "login"
  | "logout"
  | "listSessions"
  | "revokeSession"
  | "revokeOtherSessions"
  | "listAccounts"
  | "linkAccount"
  | "loginWith"
  | "completeRedirect"
  | "unlinkAccount"
  | "listProviders"
  | "getServerInfo"
  | "getUser"
  | "refresh"
  | "subscribe";

/** Where the module comes from. */
export type WasmSource = URL | string | BufferSource | WebAssembly.Module;

/** What gives the module, when it is first needed. */
export type WasmFactory = () => WasmSource | Response | Promise<WasmSource | Response>;

/** Keeps texts by key; `localStorage` is one. */
export interface AuthStorage {
  getItem(key: string): string | null | Promise<string | null>;
  setItem(key: string, value: string): void | Promise<void>;
  removeItem(key: string): void | Promise<void>;
}

/** How a client is made. Everything is optional. */
export interface AuthClientOptions {
  /** The API's address, resolved against the page. Default: `"/api/v3"`. */
  baseURL?: string | URL | undefined;
  /** An OAuth2 bearer token, or what gives one; never sent to login, logout and link. Default: none. */
  accessToken?: string | (() => string | Promise<string>) | undefined;
  /**
   * The credentials mode of every request. Default: `"same-origin"`; `"omit"`
   * where there is no page, as in Node, and no `fetch` is given.
   */
  credentials?: RequestCredentials | undefined;
  /** Below which address the providers' entrances are. Default: `auth` beside baseURL's last part. */
  authURL?: string | URL | undefined;
  /** A fetch to use instead of the global one. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Milliseconds for a call as a whole; 0 for no limit. Default: 10,000. */
  timeout?: number | undefined;
  /**
   * How often what only reads is sent again by itself, within the timeout, on
   * `network_error` and the statuses 429, 502, 503 and 504. Default: 2.
   */
  retries?: number | undefined;
  /** Origins beside baseURL's own that a redirect may lead to. Default: none. */
  allowedRedirectOrigins?: readonly (string | URL)[] | undefined;
  /** How to go to another page. Default: `location.assign`, where there is one. */
  navigate?: ((url: URL) => void) | undefined;
  /**
   * Where to keep what must outlast a page: by default what a link or an
   * external login left for in `sessionStorage`; which session is this one, and a
   * logout that could not be sent, in `localStorage`, or with an `accessToken` the
   * latter in `sessionStorage` too; where there are such. A storage that throws is
   * as good as none, null.
   */
  storage?: AuthStorage | null | undefined;
  /** The module, or where it is. Default: `traq-auth.wasm` beside the JavaScript. */
  wasm?: WasmSource | WasmFactory | undefined;
}

/** What every call takes. */
export interface CallOptions {
  /** Aborts the call, which then rejects with `signal.reason`, unchanged. */
  signal?: AbortSignal | undefined;
  /** Milliseconds for this call, body included; 0 for no limit. Default: the client's. */
  timeout?: number | undefined;
}

/** Where the server shall redirect to. */
export interface RedirectOptions {
  /**
   * An address on baseURL's origin or on one of `allowedRedirectOrigins`,
   * relative to the request as a Location is. Default: none.
   */
  redirect?: string | URL | null | undefined;
}

/** Who signs in. */
export interface Credentials {
  /** 1–32 of `[a-zA-Z0-9_-]`. */
  name: string;
  /** Any text but the empty one. */
  password: string;
}

/** Options of {@link AuthClient.login}. */
export interface LoginOptions extends CallOptions, RedirectOptions {}

/** Options of {@link AuthClient.logout}. */
export interface LogoutOptions extends CallOptions, RedirectOptions {
  /** End every session of the user, not this one alone. Default: false. */
  all?: boolean | undefined;
}

/** Options of {@link AuthClient.linkAccount} and {@link AuthClient.loginWith}. */
export interface LeaveOptions extends CallOptions {
  /**
   * Where the page wants to be when it is back, for {@link AuthClient.completeRedirect}
   * to tell: an address on the page's origin, on baseURL's or on one of
   * `allowedRedirectOrigins`, relative to the page. Default: none.
   */
  returnTo?: string | URL | null | undefined;
  /** Go to the provider at once, or how; false only gives the address. Default: true. */
  navigate?: boolean | ((url: URL) => void) | undefined;
}

/** What became of a link or a login that left the page, by what the server says now. */
export interface RedirectOutcome {
  kind: "link" | "login";
  provider: string;
  /** `unchanged` where it was denied or abandoned, too. */
  outcome: "linked" | "signed-in" | "unchanged";
  /** An absolute address; null where none was given. */
  returnTo: string | null;
}

/** What is known of who is signed in. It never changes; another takes its place. */
export type Snapshot =
  | { readonly status: "unknown"; readonly user: null }
  | { readonly status: "signed-in"; readonly user: Readonly<User> }
  | { readonly status: "signed-out"; readonly user: null };

/** Where the server redirected to. It was not followed. */
export interface Redirected {
  /** An absolute address; null where no redirect was asked for. */
  redirectTo: string | null;
}

/** A place where the user is signed in. */
export interface Session {
  /** A UUID with dashes. */
  id: string;
  /** When it was opened, by the server's clock. */
  issuedAt: Date;
  /** Whether it is this one, where that is proven; null for all where it is not. */
  current: boolean | null;
}

/** What {@link AuthClient.revokeOtherSessions} has done. */
export interface RevokedSessions {
  /** The ids of what it has ended. */
  revoked: string[];
  failed: { id: string; error: unknown }[];
}

/** An account at an external provider that is linked to the user. */
export interface Account {
  providerName: string;
  /** The account's name at the provider. */
  externalName: string;
  /** When it was linked, by the server's clock. */
  linkedAt: Date;
}

/** What a server says of itself. */
export interface ServerInfo {
  version: string;
  revision: string;
  /** The names of the external providers that are enabled. */
  providers: string[];
  signUpAllowed: boolean;
}

/** Who is signed in. */
export interface User {
  /** A UUID. */
  id: string;
  name: string;
  displayName: string;
  /** The UUID of the icon's file. */
  iconFileId: string;
}

/**
 * A client of one traQ server. Every method works detached, and every promise
 * settles. Each rejects with an {@link AuthError}, or with the signal's reason
 * where it was aborted; beside the codes named, any can fail with
 * `network_error`, `timeout`, `cross_origin_blocked`, `rate_limited`,
 * `server_error`, `invalid_response`, `invalid_argument`, `wasm_load_failed`,
 * `runtime_crashed` and `disposed`.
 */
export interface AuthClient {
  /** Loads the module ahead of the first call. Throws `wasm_load_failed`. */
  readonly ready: (options?: CallOptions) => Promise<void>;
  /**
   * Opens a session, which the browser keeps in a cookie. Throws
   * `invalid_credentials`, `already_logged_in`, `account_suspended`,
   * `authorization_not_allowed`, `invalid_request`, `unsafe_redirect`,
   * `cookie_not_kept`. It asks who is then signed in, too.
   */
  readonly login: (credentials: Credentials, options?: LoginOptions) => Promise<Redirected>;
  /**
   * Ends this session, or all of the user's; succeeds without one too. Throws
   * `unsafe_redirect`. It is stored before its request leaves: where the server's
   * answer does not come, as offline, it rejects, the state is signed-out all the
   * same, and the logout is sent before the next call that needs a session, by this
   * page or by the next one with the same storage.
   */
  readonly logout: (options?: LogoutOptions) => Promise<Redirected>;
  /**
   * Lists the user's sessions, in no order. Throws `not_authenticated`,
   * `invalid_token`, `insufficient_scope`, `bot_not_permitted`,
   * `account_suspended`.
   */
  readonly listSessions: (options?: CallOptions) => Promise<Session[]>;
  /**
   * Ends a session, whether or not it is still open; where it is known to be this
   * one, the state is then signed-out. Throws what {@link listSessions} does.
   */
  readonly revokeSession: (id: string, options?: CallOptions) => Promise<void>;
  /**
   * Ends all of the user's sessions but this one, and tells which it has ended and
   * which not. Throws `current_session_unknown`, where it has ended none, and what
   * {@link listSessions} does.
   */
  readonly revokeOtherSessions: (options?: CallOptions) => Promise<RevokedSessions>;
  /** Lists the external accounts that are linked. Throws what {@link listSessions} does. */
  readonly listAccounts: (options?: CallOptions) => Promise<Account[]>;
  /**
   * Asks the server whether an account at the provider can be linked, then goes
   * to the provider (or only gives the address). traQ leads back to `/` of its
   * origin; see {@link completeRedirect}. Throws `provider_not_enabled`,
   * `already_linked`, `not_authenticated`, `unsafe_redirect`, `browser_required`.
   */
  readonly linkAccount: (provider: string, options?: LeaveOptions) => Promise<{ url: string }>;
  /** Removes a link. Throws `not_linked` and what {@link listSessions} does. */
  readonly unlinkAccount: (provider: string, options?: CallOptions) => Promise<void>;
  /** Lists the external providers that the server has enabled. */
  readonly listProviders: (options?: CallOptions) => Promise<string[]>;
  /** Tells the server's version and settings; needs no session. */
  readonly getServerInfo: (options?: CallOptions) => Promise<ServerInfo>;
  /**
   * Goes to a provider to sign in with an account there, as {@link linkAccount}
   * does. Throws `already_logged_in`, `provider_not_enabled`, `unsafe_redirect`,
   * `browser_required`.
   */
  readonly loginWith: (provider: string, options?: LeaveOptions) => Promise<{ url: string }>;
  /**
   * Tells what became of a link or a login that left the page at most ten
   * minutes ago; null where there is none. It tells each once. To be called when
   * a page begins, and when it is shown again (`pageshow`): a person may come
   * back by the back button.
   */
  readonly completeRedirect: (options?: CallOptions) => Promise<RedirectOutcome | null>;
  /** Tells who is signed in. Throws `not_authenticated`, `invalid_token`, `insufficient_scope`, `account_suspended`. */
  readonly getUser: (options?: CallOptions) => Promise<User>;
  /**
   * Asks the server who is signed in, and returns the snapshot that this makes. It
   * joins one that is under way, and begins anew where a login or a logout came between.
   */
  readonly refresh: (options?: CallOptions) => Promise<Snapshot>;
  /** What is known now. The reference changes with what is known alone, and before the promise that changed it settles. */
  readonly getSnapshot: () => Snapshot;
  /** What is known where a page is rendered on a server: `unknown`. */
  readonly getServerSnapshot: () => Snapshot;
  /**
   * Calls a listener at once, when the snapshot has changed, and when another tab
   * has linked or unlinked an account; returns what ends that. While there is one
   * in a page, the client asks once while the state is unknown, and again when the
   * page becomes visible, gets the focus or comes online, at most every 5 s, and
   * whenever it comes out of the back-forward cache.
   */
  readonly subscribe: (listener: (snapshot: Snapshot) => void) => () => void;
  /** Ends the client: calls under way and later ones reject with `disposed`. */
  readonly dispose: () => void;
}
