import type { Operation } from "../types.js";
import type { Message } from "../module/wire.js";

/** Where the calls ask that only read, and take nothing. */
const paths: Partial<Record<Operation, string>> & { __proto__: null } = {
  __proto__: null, // or one that somebody wrote to has a path for any other call
  listSessions: "/users/me/sessions",
  listAccounts: "/users/me/ex-accounts",
  getUser: "/users/me",
  listProviders: "/version",
  getServerInfo: "/version",
};

/**
 * Returns the request that the module is going to ask for first, where that is known
 * before it has loaded; a test holds it against what the module asks for.
 */
export type Prefetch = (
  name: Operation,
  base: string,
  credentials: RequestCredentials,
  token: string | null | undefined,
  texts: Message["texts"],
) => Message["texts"] | undefined;

/**
 * That of a call that only reads, without an access token, which the module looks
 * at first. So a page's first call does not wait for two downloads one after the other.
 * For the OAuth2 client js/bundle takes prefetch-oauth2.ts.
 */
export const prefetchRequest: Prefetch = (name, base, credentials, token) => {
  const path = paths[name];
  return path && !token ? ["GET", base + path, credentials] : undefined;
};
