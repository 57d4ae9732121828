import { given } from "./given.js";
import { globalFetch } from "./options.js";
import type { AuthClientOptions } from "./option-types.js";

/**
 * Options whose fetch is given no member that workerd refuses: it has neither cookies
 * nor, in all its versions, a cache
 * (https://developers.cloudflare.com/workers/runtime-apis/request/#options).
 */
export function bareFetch<Options extends Pick<AuthClientOptions, "fetch">>(options: Options): Options {
  const fetch = given<Pick<AuthClientOptions, "fetch">>(options).fetch ?? globalFetch;
  if (typeof fetch !== "function") {
    return options; // it is refused as everywhere
  }
  return {
    ...options,
    fetch: (url: RequestInfo | URL, init?: RequestInit) => {
      const bare = { ...init };
      delete bare.credentials;
      delete bare.cache;
      return fetch(url, bare);
    },
  };
}
