/**
 * traQ's Authentication API, without the module: the option `wasm` says where
 * it is. For what cannot find it beside the JavaScript, and for who serves it
 * from a place of their own.
 *
 * @packageDocumentation
 */
import { createAuthClient as create } from "./client.js";
import { mustHaveModule } from "./options.js";
import type { AuthClient, AuthClientOptions } from "./types.js";

export * from "./index.js";

/** Options of a client that has to be told where the module is. */
export type SlimAuthClientOptions = AuthClientOptions & {
  /** The module, or where it is: `traq-auth/traq-auth.wasm` of the package. */
  wasm: NonNullable<AuthClientOptions["wasm"]>;
};

/**
 * Makes a client. Nothing is loaded or sent before its first call.
 *
 * @throws {@link AuthError} `invalid_argument` for an option that cannot be, and where `wasm` is missing.
 */
export function createAuthClient(options: SlimAuthClientOptions): AuthClient {
  return create(mustHaveModule("createAuthClient", "traq-auth/slim", options));
}
