/** A length of time as Go writes it: "90s", "15m", "30h", "1h30m", "1.5s". */
export type Duration = string;

/** An account. The server has alice, bob and traq (of the password traq) from the start. */
export interface User {
  readonly name: string;
  /** The name, where it is left out. */
  readonly displayName?: string;
  /** Left out for an account that cannot log in by a password. */
  readonly password?: string;
  readonly bot?: boolean;
}

/** An answer of somebody else's than traQ: a broken server's, a hostile one's, a proxy's. */
export interface Answer {
  /** That of the requests, as "/api/v3/users/me"; left out for all. */
  readonly path?: string;
  /** From 200 to 599; left out only with `break`. */
  readonly status?: number;
  /** What traQ itself says has the header X-TRAQ-VERSION. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How many spaces follow the body. */
  readonly fill?: number;
  /** Breaks the connection off: at once where there is no status, within the body where there is one. */
  readonly break?: boolean;
  /** How many milliseconds pass before the answer. */
  readonly wait?: number;
  /** How many requests are answered so; left out for all. */
  readonly times?: number;
}

/** What can be arranged, by its name, and with which arguments. */
export interface Actions {
  /** Adds an account, or replaces what is known of the one of the same name, which stays signed in. */
  user: [user: User];
  suspend: [name: string];
  /** Ends the account's sessions, too. */
  deactivate: [name: string];
  activate: [name: string];
  /** Enables these external providers, and no others; "oidc" alone is from the start. */
  providers: string[];
  /** Links an external account to a user. */
  link: [name: string, provider: string, externalName: string];
  /** Opens a session of the user's somewhere else, which is so old. */
  session: [name: string, age: Duration];
  /** Ends all of a user's sessions, as from another device. */
  "end-sessions": [name: string];
  /** Makes all of a user's sessions older: after 14 days the next call renews one, after 28 it has ended. */
  age: [name: string, by: Duration];
  /** Answers the user's calls that long as if there had been too many (429); a login is nobody's, so take "answer" for one. */
  limit: [name: string, period: Duration];
  /** Stops the server's clock at a time of RFC 3339; without one lets it run, by `Date`. */
  clock: [at?: string];
  /** Moves the server's clock ahead, whether it runs or not. */
  advance: [by: Duration];
  /** Has every answer's Date so much ahead, or be this text, as a proxy may. */
  date: [date: string];
  /** Makes a bearer token valid; the name "" stands for a client's own. */
  token: [value: string, name: string, ...scopes: string[]];
  /** Registers a public OAuth2 client; without a scope for "read". */
  client: [id: string, redirectURI: string, ...scopes: string[]];
  "confidential-client": [id: string, secret: string, redirectURI: string, ...scopes: string[]];
  /** Whether OAuth2 clients are issued refresh tokens; at first they are not. */
  "refresh-tokens": [issued: "on" | "off"];
  /** How long the access tokens live that are issued from now on: a second at least. */
  "token-life": [life: Duration];
  /** Makes all of a user's tokens older. */
  "age-tokens": [name: string, by: Duration];
  /** Ends all of a user's tokens. */
  "revoke-tokens": [name: string];
  /** Answers so, until the next "answer"; one without an argument ends it. It takes the place of "date". */
  answer: [answer?: Answer];
  /** Returns the server to its beginning: its users, and nobody signed in. */
  reset: [];
}

/** A browser: cookies, and a `fetch` as a page has it, of the server's origin or of `pageOrigin`. */
export interface Browser {
  /**
   * `fetch` as such a page has it: it sends and keeps the cookies, hides Set-Cookie, and a redirect that it
   * does not follow is of the type "opaqueredirect". Nobody answers at any other origin than the server's.
   *
   * With a `pageOrigin` that is another than the server's, CORS holds: no cookie goes along, it asks before by a
   * preflight where a browser would, shows the headers that are exposed, and rejects with a TypeError where the
   * server does not share the answer. A `mode` is not looked at.
   */
  readonly fetch: typeof globalThis.fetch;
  /**
   * Answers a page's request that somebody has intercepted: MSW, or what drives a real browser. The cookies are
   * this browser's, but for a request whose Origin header is another than the server's; a redirect is left to who
   * asked, and so is CORS.
   */
  readonly respond: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;
  /** Signs in without a request. The name is a user's. */
  readonly signIn: (name: string) => void;
  /** The cookies that go with a call of the API, as the Cookie header has them; HttpOnly ones too. */
  readonly cookie: string;
}

export interface TestServer extends Browser {
  /** "http://traq.test/api/v3", or below the `origin` that was given. */
  readonly baseURL: string;
  readonly origin: string;
  /** Arranges something: `traq.act("suspend", "alice")`. It throws where that cannot be. */
  readonly act: <A extends keyof Actions>(action: A, ...args: Actions[A]) => void;
  /** Another browser, with cookies of its own; where a name is given, signed in. */
  readonly newBrowser: (name?: string) => Browser;
  /**
   * Answers a request as on the wire: with Set-Cookie, and a redirect as it is. It keeps no cookies, sends the
   * Cookie header that the request has, and looks at no origin. It is the `fetch` for code of
   * servers.
   */
  readonly handle: (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>;
  /** How many requests have come to the API. */
  readonly requests: number;
  /** Forgets the server. Requests to it fail from now on. */
  readonly close: () => void;
}

export interface TestServerOptions {
  /** The server's origin, and that of the pages. The default is this page's where there is one, else "http://traq.test". */
  origin?: string | URL;
  /**
   * The origin of the pages, where it is another than the server's, as with OAuth2. It counts in `fetch`.
   * The default is the server's.
   */
  pageOrigin?: string | URL;
  /** The module, where it does not lie beside this file: its address, its bytes, or what they compile to. */
  wasm?: string | URL | BufferSource | WebAssembly.Module;
}

/** A server that listens at a port. */
export interface Listening {
  /** Where it listens, as "http://127.0.0.1:8080". */
  readonly origin: string;
  readonly act: TestServer["act"];
  /** Ends it, and every connection to it. */
  readonly close: () => Promise<void>;
}

export interface ListenOptions {
  /** The default, 0, takes one that is free. */
  port?: number;
  /** The address to listen on: "127.0.0.1", the default, or another of this machine's. */
  host?: string;
  /**
   * Where a browser finds it: the origin of a page, which passes /api and /_provider on. Without one it is found
   * where a request says that it goes.
   */
  origin?: string | URL;
  /** As that of createTestServer. */
  wasm?: TestServerOptions["wasm"];
}
