import { given } from "../given.js";
import {
  address,
  type Config,
  globalFetch,
  milliseconds,
  must,
  optionalFunction,
  originOf,
  pageURL,
  parse,
  reading,
} from "../options.js";
import { inTheNameOf } from "../session/identity.js";
import { readStateOptions, type StateOptions } from "../session/state-options.js";
import type { Operation } from "../types.js";
import type { OAuth2ClientOptions } from "./types.js";

/** The client's options, read once. */
export interface OAuth2Config extends Config, StateOptions {
  readonly clientId: string;
  /** What the server is told, and what an address is compared with. */
  readonly redirectURI: (operation: Operation) => { text: string; url: URL };
  /** Names with a space between each. */
  readonly scope: string;
}

/** The texts with which each call of the module begins. */
export const clientTexts = (
  { clientId, redirectURI, scope }: OAuth2Config,
  operation: Operation,
): [clientId: string, redirectURI: string, scope: string] => [clientId, redirectURI(operation).text, scope];

const operation = "createOAuth2Client";

/** Reads and checks a client's options. */
export function readOAuth2Options(options: OAuth2ClientOptions): OAuth2Config {
  try {
    return reading(operation, () => read(given(options) as OAuth2ClientOptions));
  } catch (error) {
    return inTheNameOf(operation)(error); // of what the cookie's client has, too
  }
}

function read({
  baseURL,
  clientId,
  redirectURI,
  scope = ["read"],
  fetch = globalFetch,
  timeout,
  retries = 2,
  allowedRedirectOrigins = [],
  navigate,
  storage,
  wasm,
  ...more
}: OAuth2ClientOptions): OAuth2Config {
  must(Boolean(baseURL), operation, "baseURL", "given: the API's address");
  must(typeof clientId === "string", operation, "clientId", "a string");
  must(Array.isArray(scope), operation, "scope", "an array of names");
  must(Number.isInteger(retries) && retries >= 0, operation, "retries", "a whole number, or 0 for none");
  optionalFunction("fetch", fetch);
  const written = redirectURI === undefined ? "" : address("redirectURI", redirectURI);
  const page = pageURL();
  return {
    baseURL: address("baseURL", baseURL),
    authURL: undefined,
    accessToken: undefined,
    credentials: "omit",
    fetch: (url, init) => {
      if (init?.body) {
        init.headers = { "Content-Type": "application/x-www-form-urlencoded" }; // RFC 6749, appendix B
      }
      return fetch(url, init);
    },
    timeout: milliseconds(operation, timeout, 10_000),
    retries,
    redirectOrigins: [...allowedRedirectOrigins].map(originOf),
    navigate: optionalFunction("navigate", navigate),
    storage,
    ...readStateOptions(more),
    wasm,
    clientId,
    scope: scope.join(" "),
    redirectURI: (operation) => {
      const url = parse(operation, "redirectURI", written, page);
      if (!written) {
        url.search = url.hash = "";
      }
      // What is registered need not be as a URL parser would write it.
      return { url, text: /^https?:/i.test(written) ? written : url.href };
    },
  };
}
