import { given } from "../given.js";
import { type Config, hrefOf, must, pageURL, parse, reading, readOptions } from "../options.js";
import { inTheNameOf } from "../session/identity.js";
import type { Operation } from "../types.js";
import type { OAuth2ClientOptions } from "./types.js";

/** The client's options, read once. */
export interface OAuth2Config extends Config {
  readonly clientId: string;
  /** What the server is told, and what an address is compared with. */
  readonly redirectURI: (operation: Operation) => { text: string; url: URL };
  /** Names with a space between each. */
  readonly scope: string;
}

export function readOAuth2Options(options: OAuth2ClientOptions): OAuth2Config {
  const operation = "createOAuth2Client";
  return reading(operation, () => {
    const { clientId, redirectURI, scope = ["read"], storage, ...others } = given(options);
    const { baseURL, fetch, timeout, retries, allowedRedirectOrigins, navigate, wasm } = others;
    must(Boolean(baseURL), operation, "baseURL", "given: the address of the server's API");
    must(typeof clientId === "string", operation, "clientId", "given, as text");
    const names: unknown = scope;
    must(Array.isArray(names), operation, "scope", "an array of names");
    const written = redirectURI === undefined ? "" : hrefOf(redirectURI);
    must(written !== undefined, operation, "redirectURI", "a string or a URL");
    const page = pageURL();
    let common: Config;
    try {
      common = readOptions({ baseURL, fetch, timeout, retries, allowedRedirectOrigins, navigate, wasm });
    } catch (error) {
      return inTheNameOf(operation)(error);
    }
    return {
      ...common,
      credentials: "omit",
      fetch: postingForms(common.fetch),
      storage,
      clientId,
      scope: names.join(" "),
      redirectURI: (operation) => {
        const url = parse(operation, "redirectURI", written, page);
        if (!written) {
          url.search = url.hash = "";
        }
        // What is registered need not be as a URL parser would write it.
        return { url, text: /^https?:/i.test(written) ? written : url.href };
      },
    };
  });
}

/** RFC 6749, appendix B: all that OAuth2 posts is a form. */
const postingForms =
  (fetch: typeof globalThis.fetch): typeof globalThis.fetch =>
  (url, init) => {
    if (init?.body) {
      init.headers = { "Content-Type": "application/x-www-form-urlencoded" };
    }
    return fetch(url, init);
  };
