/**
 * traQ's Authentication API in Cloudflare's workerd, and in edge runtimes like it.
 *
 * @packageDocumentation
 */
import { createAuthClient as create } from "./client.js";
import { bareFetch } from "./bare-fetch.js";
import type { AuthClient } from "./client-types.js";
import type { AuthClientOptions } from "./option-types.js";

export * from "./index.js";

/**
 * Makes a client. Nothing is sent before its first call.
 *
 * @throws An {@link AuthError} with `invalid_argument` if an option is not valid.
 */
export const createAuthClient = (options: AuthClientOptions = {}): AuthClient => create(bareFetch(options));
