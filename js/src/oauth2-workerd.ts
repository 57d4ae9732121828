/**
 * The OAuth2 client in Cloudflare's workerd, and in edge runtimes like it.
 *
 * @packageDocumentation
 */
import { bareFetch } from "./bare-fetch.js";
import { createOAuth2Client as create } from "./oauth2/client.js";
import type { OAuth2Client, OAuth2ClientOptions } from "./oauth2/types.js";

export * from "./oauth2.js";

/**
 * Makes a client of a server's OAuth2. Nothing is sent before its first call.
 *
 * @throws An {@link AuthError} with `invalid_argument` if an option is not valid.
 */
export const createOAuth2Client = (options: OAuth2ClientOptions): OAuth2Client => create(bareFetch(options));
