import { AuthError, isAuthError } from "./errors.js";
import { given } from "./given.js";
import type { AuthClientOptions } from "./option-types.js";
import type { Operation } from "./types.js";

/** The global object as it may be: a worker has no document, a server no page at all. */
export const scope: Partial<
  Pick<
    typeof globalThis,
    | "document"
    | "location"
    | "origin"
    | "sessionStorage"
    | "localStorage"
    | "addEventListener"
    | "removeEventListener"
    | "WebAssembly"
  >
> = globalThis;

/** Milliseconds, by a clock that nobody sets; where a script's `var performance` has taken its place, by the page's. */
export const now = (): number => (performance as Partial<Performance>).now?.() ?? Date.now();

/** The client's options, read once, checked as far as they can be without a page. */
export interface Config {
  readonly baseURL: string;
  readonly authURL: string | undefined;
  readonly accessToken: AuthClientOptions["accessToken"];
  readonly credentials: RequestCredentials;
  readonly fetch: typeof globalThis.fetch;
  readonly timeout: number;
  readonly retries: number;
  readonly redirectOrigins: readonly string[];
  readonly navigate: ((url: URL) => void) | undefined;
  readonly storage: AuthClientOptions["storage"];
  readonly wasm: AuthClientOptions["wasm"];
}

/** The error of a value of a caller's that threw; one of ours goes on. */
export const unreadable = (
  operation: Operation,
  cause: unknown,
  what = "an argument could not be read",
): AuthError => (isAuthError(cause) ? cause : new AuthError(operation, "invalid_argument", what, { cause }));

/** Runs what reads a caller's values; what they throw becomes an AuthError. */
export function reading<T>(operation: Operation, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw unreadable(operation, cause);
  }
}

/** Checks what a caller gave. */
export function must(ok: boolean, operation: Operation, name: string, be: string): asserts ok {
  if (!ok) {
    throw new AuthError(operation, "invalid_argument", `${name} must be ${be}`);
  }
}

/** Checks that a client of an entry without a module is told where that is: at once, not by its first call. */
export const mustHaveModule = <T extends { wasm?: unknown }>(
  operation: Operation,
  entry: string,
  options: T | undefined,
): T =>
  reading(operation, () => {
    must(given(options).wasm !== undefined, operation, "wasm", `given: ${entry} comes without the module`);
    return options as T;
  });

/** Checks that a value is a string, and gives it. */
export function text(operation: Operation, name: string, value: unknown): string {
  must(typeof value === "string", operation, name, "a string");
  return value;
}

/** Checks a truth value; undefined gives the fallback. */
export function flag(operation: Operation, name: string, value: unknown, fallback: boolean): boolean {
  must(value === undefined || typeof value === "boolean", operation, name, "true or false");
  return value ?? fallback;
}

/** Checks a number of milliseconds; undefined gives the fallback. */
export function milliseconds(
  operation: Operation,
  value: unknown,
  fallback: number,
  name = "timeout",
): number {
  must(
    value === undefined || (typeof value === "number" && value >= 0),
    operation,
    name,
    "milliseconds, or 0 for none",
  );
  return value ?? fallback;
}

/** The text of an address, of a URL of whatever realm too; undefined where it is neither. */
export function hrefOf(value: unknown): string | undefined {
  const text: unknown = typeof value === "object" ? (value as Partial<URL> | null)?.href : value;
  return typeof text === "string" && text !== ({} as Partial<URL>).href ? text : undefined;
}

/** Whether it has bytes, of whatever realm. */
export const isBytes = (value: unknown): boolean =>
  (Object(value) as Partial<ArrayBuffer>).byteLength !== ({} as Partial<ArrayBuffer>).byteLength;

/** The text of an option that is an address. */
export function address(name: string, value: unknown): string {
  const text = hrefOf(value);
  must(text !== undefined, "createAuthClient", name, "a string or a URL");
  return text;
}

/** Gives an origin; a path would promise that it is looked at. */
export function originOf(value: unknown): string {
  const name = "each of allowedRedirectOrigins";
  const text = address(name, value);
  const bare = /^https?:\/\/[^/\\?#@*\s]+\/?$/i.test(text);
  must(bare, "createAuthClient", name, "an origin without a path");
  return parse("createAuthClient", name, text).origin;
}

/** Checks an option that is a function or left out. */
export function optionalFunction<T>(name: string, value: T): T {
  must(value === undefined || typeof value === "function", "createAuthClient", name, "a function");
  return value;
}

/** The global fetch, looked up at each call. */
export const globalFetch: typeof globalThis.fetch = (...request) => globalThis.fetch(...request);

/** Reads and checks a client's options. */
export function readOptions(options: AuthClientOptions): Config {
  const operation = "createAuthClient";
  return reading(operation, () => {
    const {
      baseURL = "/api/v3",
      authURL,
      accessToken,
      fetch,
      // Without a page, who fetches keeps no cookies, unless the caller says who does.
      credentials = fetch || scope.location ? "same-origin" : "omit",
      timeout,
      retries = 2,
      allowedRedirectOrigins = [],
      navigate,
      storage,
      wasm,
    } = given(Object.assign(options) as AuthClientOptions); // which throws where it is null
    const modes = ["omit", "same-origin", "include"];
    must(modes.includes(credentials), operation, "credentials", `one of ${modes.join(", ")}`);
    must(Number.isInteger(retries) && retries >= 0, operation, "retries", "a whole number, or 0 for none");
    if (typeof accessToken !== "string") {
      optionalFunction("accessToken, where it is no string,", accessToken);
    }
    return {
      baseURL: address("baseURL", baseURL),
      authURL: authURL === undefined ? undefined : address("authURL", authURL),
      accessToken,
      credentials,
      fetch: optionalFunction("fetch", fetch) ?? globalFetch,
      timeout: milliseconds(operation, timeout, 10_000),
      retries,
      redirectOrigins: [...allowedRedirectOrigins].map(originOf),
      navigate: optionalFunction("navigate", navigate),
      storage,
      wasm,
    };
  });
}

/**
 * The address of the page, against which relative addresses are resolved: not
 * document.baseURI, which any <base> in the page changes. A page without an
 * address of its own, as about:srcdoc or a worker's blob:, has its origin's.
 */
export const pageURL = (): string | undefined =>
  [scope.location?.href, scope.origin].find((url) => /^https?:/.test(url as string)); // undefined is none

/**
 * Resolves an address; throws where it is none. A user name that the page was
 * opened with (https://name:password@host/) is left out: a relative address
 * has it from the page, and fetch takes none.
 */
export function addressOf(text: string, base = pageURL()): URL {
  const url = new URL(text, base);
  const { username, password } = new URL(pageURL() ?? "about:");
  if (url.username === username && url.password === password) {
    url.username = url.password = "";
  }
  return url;
}

/**
 * The page's origin. A script's `var origin` takes the place of the global one, which alone
 * tells that of a page without an address of its own, and that a sandboxed page has none.
 */
export const pageOrigin = (): string | undefined => {
  const { origin = "null" } = scope.location ?? {};
  return [origin, scope.origin].includes("null") ? scope.origin : origin;
};

/** Resolves an http or https address. */
export function parse(operation: Operation, name: string, value: string, base?: string): URL {
  let url: URL | undefined;
  try {
    url = addressOf(value, base);
  } catch {}
  must(
    url !== undefined && /^https?:$/.test(url.protocol),
    operation,
    name,
    base === undefined && !/^\w+:/.test(value)
      ? `an absolute address here, not ${value} without a page`
      : "an http or https address",
  );
  return url;
}

/** Where the server is. */
export interface Addresses {
  /** The API's, without a trailing slash. */
  readonly base: string;
  readonly auth: string | null;
  /** Whether fetching from there is cross-origin; outside of a page nothing is. */
  readonly isCrossOrigin: boolean;
}

/** Gives where the server is, seen from the page that the client was made in, whatever becomes of its address. */
export function addressesOf({ baseURL, authURL }: Config): (operation: Operation) => Addresses {
  const page = pageURL();
  let known: Addresses | undefined;
  return (operation) => {
    if (!known) {
      const base = resolve(operation, "baseURL", baseURL, page);
      known = {
        base: bare(base),
        auth: authURL === undefined ? null : bare(resolve(operation, "authURL", authURL, page)),
        isCrossOrigin: ![undefined, base.origin].includes(pageOrigin()),
      };
    }
    return known;
  };
}

function resolve(operation: Operation, name: string, value: string, page: string | undefined): URL {
  const url = parse(operation, name, value, page);
  must(
    !(url.username || url.password || url.search || url.hash),
    operation,
    name,
    "without a user name, a query and a fragment",
  );
  return url;
}

const bare = ({ origin, pathname }: URL): string => origin + pathname.replace(/\/+$/, "");
