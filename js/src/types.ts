/** The names of the calls, as in {@link AuthError.operation}. */
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
  | "known"
  | "subscribe"
  | "createOAuth2Client"
  | "completeLogin"
  | "getAccessToken";

/** The WebAssembly module, its bytes, or its address. */
export type WasmSource = URL | string | BufferSource | WebAssembly.Module;

/** Returns the module; called when it is first needed. */
export type WasmFactory = () => WasmSource | Response | Promise<WasmSource | Response>;

/** Stores texts by key, as `localStorage` does; it may return promises. */
export interface AuthStorage {
  /** Returns the text of a key, or null where there is none. */
  getItem(key: string): string | null | Promise<string | null>;
  /** Stores a text under a key, in place of what was there. */
  setItem(key: string, value: string): void | Promise<void>;
  /** Removes a key; that there is none is no error. */
  removeItem(key: string): void | Promise<void>;
}

/** Options of {@link createAuthClient}. Each is optional. */
export interface AuthClientOptions {
  /** The API's base address, resolved against the page. Default: `"/api/v3"`. */
  baseURL?: string | URL | undefined;
  /**
   * An OAuth2 access token, or a function that returns one. It is sent with the calls on sessions,
   * accounts and the user, never with `login`, `logout` and `linkAccount`. Default: none.
   */
  accessToken?: string | (() => string | Promise<string>) | undefined;
  /**
   * The credentials mode of every request. Default: `"same-origin"`; `"omit"`
   * where there is no page, as in Node, and no `fetch` is given.
   */
  credentials?: RequestCredentials | undefined;
  /** The base address of logins at external providers. Default: `/api/auth` for the baseURL `/api/v3`. */
  authURL?: string | URL | undefined;
  /** Used instead of the global `fetch`. */
  fetch?: typeof globalThis.fetch | undefined;
  /** Milliseconds for a whole call, retries included; 0 for no limit. Default: 10,000. */
  timeout?: number | undefined;
  /**
   * How many times a call that only reads is retried, within the timeout, after a
   * `network_error` or the status 429, 502, 503 or 504. Default: 2.
   */
  retries?: number | undefined;
  /** Origins, besides that of baseURL, to which a redirect may lead. Default: none. */
  allowedRedirectOrigins?: readonly (string | URL)[] | undefined;
  /** Navigates to another page. Default: `location.assign`, where there is one. */
  navigate?: ((url: URL) => void) | undefined;
  /**
   * Where to store what must outlast the page; null for nowhere, as is one that throws.
   * Default: `sessionStorage` for a link or a login at a provider, `localStorage` for
   * which session is the current one and for a pending logout (with an `accessToken`,
   * `sessionStorage`), where the page has them.
   */
  storage?: AuthStorage | null | undefined;
  /**
   * What a server rendered the page with: `getSnapshot` and `getServerSnapshot` return it
   * at once. It is not taken for certain: the client asks when somebody subscribes.
   * Default: `{ status: "unknown", user: null }`.
   */
  initial?: Snapshot | undefined;
  /** When the client asks the server who is signed in, while somebody is subscribed in a page. */
  refreshOn?: RefreshOnOptions | undefined;
  /** The module, or where it is. Default: the file `traq-auth.wasm` beside the JavaScript. */
  wasm?: WasmSource | WasmFactory | undefined;
}

/** When the client asks who is signed in. */
export interface RefreshOnOptions {
  /** Once, when that is not known. Default: true. */
  subscribe?: boolean | undefined;
  /**
   * When the page becomes visible, gets the focus or comes online, at most every 5 s,
   * and whenever it returns from the back-forward cache. Default: true.
   */
  visible?: boolean | undefined;
  /** So many milliseconds after it asked last, while the page is visible; 0 for never. Default: 0. */
  interval?: number | undefined;
}

/** Options of every call. */
export interface CallOptions {
  /** Aborts the call, which then rejects with `signal.reason`, unchanged. */
  signal?: AbortSignal | undefined;
  /** Milliseconds for this call, its response's body included; 0 for no limit. Default: the client's. */
  timeout?: number | undefined;
}

/** Where the server is asked to redirect to. */
export interface RedirectOptions {
  /**
   * An address on baseURL's origin or on one of `allowedRedirectOrigins`, resolved
   * against the request, as a `Location` header is. Default: none.
   */
  redirect?: string | URL | null | undefined;
}

/** Who signs in. */
export interface Credentials {
  /** 1–32 of `[a-zA-Z0-9_-]`. */
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
   * Where to continue afterwards; {@link AuthClient.completeRedirect} returns it. An
   * address on the page's origin, on baseURL's or on one of `allowedRedirectOrigins`,
   * resolved against the page. Default: none.
   */
  returnTo?: string | URL | null | undefined;
  /** Whether to navigate to the provider, or a function that does; with false the call only returns the address. Default: true. */
  navigate?: boolean | ((url: URL) => void) | undefined;
}

/** How a link or a login at a provider ended, by what the server says now. */
export interface RedirectOutcome {
  /** What was begun: by `linkAccount` or by `loginWith`. */
  kind: "link" | "login";
  /** The provider's name, as it was given. */
  provider: string;
  /** `unchanged` also where it was denied or abandoned. */
  outcome: "linked" | "signed-in" | "unchanged";
  /** An absolute address; null where none was given. */
  returnTo: string | null;
}

/** What is known of who is signed in. It is immutable; a change makes a new one. */
export type Snapshot =
  | {
      /** Nobody has asked the server yet, or it could not be asked. */
      readonly status: "unknown";
      /** Nobody. */
      readonly user: null;
    }
  | {
      /** Somebody is signed in. */
      readonly status: "signed-in";
      /** Who is. */
      readonly user: Readonly<User>;
    }
  | {
      /** The server says that nobody is. */
      readonly status: "signed-out";
      /** Nobody. */
      readonly user: null;
    };

/** Where the server redirected to; the redirect was not followed. */
export interface Redirected {
  /** An absolute address; null where no redirect was asked for. */
  redirectTo: string | null;
}

/** A session of the user: a browser or device that is signed in. */
export interface Session {
  /** A UUID with dashes. */
  id: string;
  /** When it was opened, by the server's clock. */
  issuedAt: Date;
  /** Whether it is this browser's session; null in all of them where that is not known. */
  current: boolean | null;
}

/** The result of {@link AuthClient.revokeOtherSessions}. */
export interface RevokedSessions {
  /** The ids of the sessions that it ended. */
  revoked: string[];
  /** The ids of those that it could not end, and why. */
  failed: {
    /** The session's id. */
    id: string;
    /** Why: an {@link AuthError}. */
    error: unknown;
  }[];
}

/** An account at an external provider that is linked to the user. */
export interface Account {
  /** The provider's name, as in {@link ServerInfo.providers}. */
  providerName: string;
  /** The account's name at the provider. */
  externalName: string;
  /** When it was linked, by the server's clock. */
  linkedAt: Date;
}

/** What the server says about itself. */
export interface ServerInfo {
  /** As `"v3.28.4"`. */
  version: string;
  /** The commit that it was built from. */
  revision: string;
  /** The names of the external providers that are enabled. */
  providers: string[];
  /** Whether people may make themselves an account. */
  signUpAllowed: boolean;
}

/** The user who is signed in. */
export interface User {
  /** A UUID. */
  id: string;
  /** 1–32 of `[a-zA-Z0-9_-]`. */
  name: string;
  /** What the user is shown as; any text. */
  displayName: string;
  /** The UUID of the icon's file. */
  iconFileId: string;
}

/**
 * A client of one traQ server. Its methods need no `this`, and every promise
 * settles. A call rejects with an {@link AuthError}, or, where its signal aborts it,
 * with the signal's reason. Besides the codes that it names, any call can reject with
 * `network_error`, `timeout`, `cross_origin_blocked`, `rate_limited`,
 * `server_error`, `invalid_response`, `invalid_argument`, `wasm_load_failed`,
 * `runtime_crashed` and `disposed`.
 */
export interface AuthClient {
  /**
   * Loads the module before the first call does.
   *
   * @example
   * ```ts
   * void auth.ready(); // while the person types
   * ```
   */
  readonly ready: (options?: CallOptions) => Promise<void>;
  /**
   * Opens a session, which the browser stores in a cookie, and asks the server who is
   * then signed in. Throws `invalid_credentials`, `already_logged_in`,
   * `account_suspended`, `authorization_not_allowed`, `invalid_request`,
   * `unsafe_redirect`, `cookie_not_kept`.
   *
   * @example
   * ```ts
   * await auth.login({ name: "alice", password: "password1234" });
   * console.log(auth.getSnapshot().user?.displayName);
   * ```
   */
  readonly login: (credentials: Credentials, options?: LoginOptions) => Promise<Redirected>;
  /**
   * Ends the current session, or all of the user's; it also succeeds without one.
   * Throws `unsafe_redirect`. A logout is stored before it is sent. Where no answer
   * comes, as offline, the call rejects, but the state is signed-out, and the logout
   * stays pending: this page, or a later one with the same storage, sends it before
   * the next call that needs a session.
   *
   * @example
   * ```ts
   * await auth.logout({ all: true }); // everywhere
   * ```
   */
  readonly logout: (options?: LogoutOptions) => Promise<Redirected>;
  /**
   * Returns the user's sessions, in no particular order. Throws `not_authenticated`,
   * `invalid_token`, `insufficient_scope`, `bot_not_permitted`,
   * `account_suspended`.
   *
   * @example
   * ```ts
   * for (const { id, issuedAt, current } of await auth.listSessions()) {
   *   console.log(id, issuedAt.toLocaleString(), current ? "this browser" : "");
   * }
   * ```
   */
  readonly listSessions: (options?: CallOptions) => Promise<Session[]>;
  /**
   * Ends a session; it also succeeds where there is none with this id. Where it is
   * the current one, the state is then signed-out. Throws what {@link listSessions} does.
   *
   * @example
   * ```ts
   * const [session] = await auth.listSessions();
   * if (session) await auth.revokeSession(session.id);
   * ```
   */
  readonly revokeSession: (id: string, options?: CallOptions) => Promise<void>;
  /**
   * Ends all of the user's sessions but the current one, and returns which it ended
   * and which not. Throws what {@link listSessions} does, and `current_session_unknown`;
   * it then has ended none.
   *
   * @example
   * ```ts
   * const { revoked, failed } = await auth.revokeOtherSessions();
   * console.log(`${revoked.length} ended, ${failed.length} not`);
   * ```
   */
  readonly revokeOtherSessions: (options?: CallOptions) => Promise<RevokedSessions>;
  /**
   * Returns the external accounts that are linked to the user. Throws what {@link listSessions} does.
   *
   * @example
   * ```ts
   * for (const { providerName, externalName } of await auth.listAccounts()) {
   *   console.log(providerName, externalName);
   * }
   * ```
   */
  readonly listAccounts: (options?: CallOptions) => Promise<Account[]>;
  /**
   * Asks the server whether an account at the provider can be linked, then navigates
   * to the provider, or only returns the address. traQ redirects back to `/` of its
   * origin; see {@link completeRedirect}. Throws `provider_not_enabled`,
   * `already_linked`, `not_authenticated`, `unsafe_redirect`, `browser_required`.
   *
   * @example
   * ```ts
   * await auth.linkAccount("google", { returnTo: "/settings" }); // the page is left
   * ```
   */
  readonly linkAccount: (
    provider: string,
    options?: LeaveOptions,
  ) => Promise<{
    /** The absolute address of the provider's page. */
    url: string;
  }>;
  /**
   * Unlinks an external account. Throws `not_linked` and what {@link listSessions} does.
   *
   * @example
   * ```ts
   * await auth.unlinkAccount("google");
   * ```
   */
  readonly unlinkAccount: (provider: string, options?: CallOptions) => Promise<void>;
  /**
   * Returns the external providers that the server has enabled; needs no session.
   *
   * @example
   * ```ts
   * const providers = await auth.listProviders(); // ["google", "github"]
   * ```
   */
  readonly listProviders: (options?: CallOptions) => Promise<string[]>;
  /**
   * Returns the server's version and settings; needs no session.
   *
   * @example
   * ```ts
   * const { version, signUpAllowed } = await auth.getServerInfo();
   * ```
   */
  readonly getServerInfo: (options?: CallOptions) => Promise<ServerInfo>;
  /**
   * Navigates to a provider to sign in with an account there, as {@link linkAccount}
   * does. Throws `already_logged_in`, `provider_not_enabled`, `unsafe_redirect`,
   * `browser_required`.
   *
   * @example
   * ```ts
   * const { url } = await auth.loginWith("google", { navigate: false });
   * open(url);
   * ```
   */
  readonly loginWith: (
    provider: string,
    options?: LeaveOptions,
  ) => Promise<{
    /** The absolute address of the provider's page. */
    url: string;
  }>;
  /**
   * Returns how a link or a login ended that left the page within the last ten
   * minutes, each once; null where there is none. Call it when the page loads, and on
   * `pageshow`: a person may come back by the back button.
   *
   * @example
   * ```ts
   * const back = await auth.completeRedirect();
   * if (back?.outcome === "linked") console.log(`${back.provider} is linked`);
   * if (back?.returnTo) location.replace(back.returnTo);
   * ```
   */
  readonly completeRedirect: (options?: CallOptions) => Promise<RedirectOutcome | null>;
  /**
   * Returns who is signed in. Throws `not_authenticated`, `invalid_token`,
   * `insufficient_scope`, `account_suspended`.
   *
   * @example
   * ```ts
   * const { displayName } = await auth.getUser({ timeout: 3000 });
   * ```
   */
  readonly getUser: (options?: CallOptions) => Promise<User>;
  /**
   * Asks the server who is signed in, and returns the new snapshot; that nobody is
   * signed in is no error. Calls at the same time share a request, unless a login or a
   * logout came between them.
   *
   * @example
   * ```ts
   * const { status } = await auth.refresh();
   * console.log(status === "signed-in" ? "welcome" : "please sign in");
   * ```
   */
  readonly refresh: (options?: CallOptions) => Promise<Snapshot>;
  /**
   * Returns the first snapshot that is not `unknown`: at once where there is one, or
   * else as soon as somebody is known to be signed in or nobody, for which it asks the
   * server, or waits for who asks already. Rejects as {@link refresh} does; it may be
   * called again.
   *
   * @example
   * ```ts
   * const { user } = await auth.known();
   * if (!user) location.assign("/login");
   * ```
   */
  readonly known: (options?: CallOptions) => Promise<Snapshot>;
  /**
   * Returns what is known now, without a request. The reference changes only with what
   * is known, and before the promise of the call that changed it settles.
   *
   * @example
   * ```ts
   * const { status, user } = auth.getSnapshot();
   * ```
   */
  readonly getSnapshot: () => Snapshot;
  /**
   * Returns what is known while a page is rendered on a server: the option `initial`, or `unknown`.
   *
   * @example
   * ```ts
   * auth.getServerSnapshot().status; // "unknown"
   * ```
   */
  readonly getServerSnapshot: () => Snapshot;
  /**
   * Calls a listener at once, on every change of the snapshot, and when another tab
   * links or unlinks an account; returns a function that ends this. While a page
   * has a listener, the client asks the server who is signed in, as the option
   * `refreshOn` says: once where that is not known, and again when the page may have
   * missed something.
   *
   * @example
   * ```ts
   * const unsubscribe = auth.subscribe(({ user }) => {
   *   document.title = user ? user.displayName : "Sign in";
   * });
   * unsubscribe(); // later
   * ```
   */
  readonly subscribe: (listener: (snapshot: Snapshot) => void) => () => void;
  /**
   * Ends the client: pending and later calls reject with `disposed`.
   *
   * @example
   * ```ts
   * auth.dispose();
   * ```
   */
  readonly dispose: () => void;
}
