import type { Snapshot } from "./types.js";

/** The WebAssembly module, its bytes, or its address; a relative address is resolved against the page. */
export type WasmSource = URL | string | BufferSource | WebAssembly.Module;

/** Returns the module, or a response with it. It is called when the first call needs the module, and again if that failed. */
export type WasmFactory = () => WasmSource | Response | Promise<WasmSource | Response>;

/** A storage of texts by key, as `localStorage` is one; its methods may return promises. */
export interface AuthStorage {
  /** Returns the text under a key, or null or undefined if there is none. */
  getItem(key: string): string | null | undefined | Promise<string | null | undefined>;
  /** Stores a text under a key, and replaces what was there. What it returns is awaited and not looked at. */
  setItem(key: string, value: string): unknown;
  /** Removes a key. If there is none, it does nothing. What it returns is awaited and not looked at. */
  removeItem(key: string): unknown;
}

/** Options of {@link createAuthClient}. Each is optional. */
export interface AuthClientOptions {
  /**
   * The API's base address, an http or https address without a query. A relative one is
   * resolved once, when the client is made, against the page. Default: `"/api/v3"`.
   */
  baseURL?: string | URL | undefined;
  /**
   * An OAuth2 access token, or a function that returns one. It is sent only with `getUser`,
   * `listSessions`, `revokeSession`, `listAccounts` and `unlinkAccount`. Default: none.
   */
  accessToken?: string | (() => string | Promise<string>) | undefined;
  /**
   * The credentials mode of every request (Fetch). Default: `"same-origin"`; `"omit"`
   * outside of a page, as in Node, if no `fetch` is given.
   */
  credentials?: RequestCredentials | undefined;
  /**
   * The base address of logins at external providers. Default: baseURL with its last part
   * replaced by `auth`, so `/api/auth` for `/api/v3`.
   */
  authURL?: string | URL | undefined;
  /** Is called instead of the global `fetch`. Default: the global `fetch`. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Milliseconds for a whole call, retries included; 0 for no limit. Default: 10,000. */
  timeout?: number | undefined;
  /**
   * How many times a call that only reads is retried, within the timeout, after a
   * `network_error` or the status 429, 502, 503 or 504; a whole number. Default: 2.
   */
  retries?: number | undefined;
  /** Origins, besides that of baseURL, to which a redirect may lead. Default: none. */
  allowedRedirectOrigins?: readonly (string | URL)[] | undefined;
  /** Navigates to another page; what it throws rejects the call. Default: `location.assign`; outside of a page, none. */
  navigate?: ((url: URL) => void) | undefined;
  /**
   * Where to store what must outlast the page. If it is null, or if it throws, nothing is stored.
   * Default, if the page has them: `sessionStorage` for a link or a login at a provider,
   * `localStorage` for the id of the current session and for a pending logout. With an
   * `accessToken`, or with `credentials: "omit"`, a pending logout is in `sessionStorage`.
   */
  storage?: AuthStorage | null | undefined;
  /**
   * The snapshot with which a server rendered the page. `getSnapshot` and `getServerSnapshot`
   * return it from the start. The client still asks the server when somebody subscribes.
   * Default: `{ status: "unknown", user: null }`.
   */
  initial?: Snapshot | undefined;
  /** When the client asks the server who is signed in, while a page has a subscriber. Default: see its members. */
  refreshOn?: RefreshOnOptions | undefined;
  /** The module, or where it is. Default: the one of the entry that is imported, beside the JavaScript or inside it. */
  wasm?: WasmSource | WasmFactory | undefined;
}

/** When the client asks the server who is signed in. */
export interface RefreshOnOptions {
  /** Once, if that is not known yet. Default: true. */
  subscribe?: boolean | undefined;
  /**
   * When the page becomes visible, gets the focus or comes online, at most every 5 s,
   * and always when it returns from the back-forward cache. Default: true.
   */
  visible?: boolean | undefined;
  /** This many milliseconds after it last asked, while the page is visible; 0 for never. Default: 0. */
  interval?: number | undefined;
}

/** Options of every call that returns a promise. */
export interface CallOptions {
  /** Aborts the call, which then rejects with `signal.reason`, unchanged. Default: none. */
  signal?: AbortSignal | undefined;
  /** Milliseconds for this call, its retries and the response's body included; 0 for no limit. Default: the client's `timeout`. */
  timeout?: number | undefined;
}

/** Where the server is asked to redirect to. */
export interface RedirectOptions {
  /**
   * An address on baseURL's origin or on one of `allowedRedirectOrigins`. A relative one is resolved
   * against the request's address, as a `Location` header is (RFC 9110). Default: none.
   */
  redirect?: string | URL | null | undefined;
}

/** The name and the password of a user. */
export interface Credentials {
  /** 1 to 32 characters of `[a-zA-Z0-9_-]`, without an `@`. */
  name: string;
  /** Not empty. */
  password: string;
}

/** Options of {@link AuthClient.login}. */
export interface LoginOptions extends CallOptions, RedirectOptions {}

/** Options of {@link AuthClient.logout}. */
export interface LogoutOptions extends CallOptions, RedirectOptions {
  /** Ends all of the user's sessions, not only the current one. Default: false. */
  all?: boolean | undefined;
}

/** Options of {@link AuthClient.linkAccount} and {@link AuthClient.loginWith}. */
export interface LeaveOptions extends CallOptions {
  /**
   * Where to continue afterwards; `completeRedirect`, with OAuth2 `completeLogin`, returns it. An
   * address on the page's origin, on baseURL's or on one of `allowedRedirectOrigins`. A relative
   * one is resolved against the page. Default: none.
   */
  returnTo?: string | URL | null | undefined;
  /**
   * True navigates to the provider, false only returns the address, and a function is called to
   * navigate; what it throws rejects the call. Default: true.
   */
  navigate?: boolean | ((url: URL) => void) | undefined;
}
