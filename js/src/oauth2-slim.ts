/**
 * The OAuth2 client without the WebAssembly module: the option `wasm` says where it is.
 *
 * @packageDocumentation
 */
import { createOAuth2Client as create } from "./oauth2/client.js";
import type { OAuth2Client, OAuth2ClientOptions } from "./oauth2/types.js";
import { mustHaveModule } from "./options.js";

export * from "./oauth2.js";

/** Options of a client that must be told where the module is. */
export type SlimOAuth2ClientOptions = OAuth2ClientOptions & {
  /** The module `traq-auth/traq-auth-oauth2.wasm` of the package, or its address. */
  wasm: NonNullable<OAuth2ClientOptions["wasm"]>;
};

/**
 * Makes a client of a server's OAuth2. Nothing is loaded or sent before its first call.
 *
 * @example
 * ```ts
 * const auth = createOAuth2Client({
 *   baseURL: "https://q.example/api/v3",
 *   clientId: "…",
 *   wasm: "/assets/traq-auth-oauth2.wasm",
 * });
 * ```
 *
 * @throws An {@link AuthError} with `invalid_argument` if an option is not valid, or if `wasm` is missing.
 */
export function createOAuth2Client(options: SlimOAuth2ClientOptions): OAuth2Client {
  return create(mustHaveModule("createOAuth2Client", "traq-auth/oauth2/slim", options));
}
