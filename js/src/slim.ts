/**
 * traQ's Authentication API without the WebAssembly module: the option `wasm` says where
 * it is. For tools that do not emit the module beside the JavaScript, and for pages that
 * serve it from another address.
 *
 * @packageDocumentation
 */
import { createAuthClient as create } from "./client.js";
import { mustHaveModule } from "./options.js";
import type { AuthClient } from "./client-types.js";
import type { AuthClientOptions } from "./option-types.js";

export * from "./index.js";

/** Options of a client that must be told where the module is. */
export type SlimAuthClientOptions = AuthClientOptions & {
  /** The module `traq-auth/traq-auth.wasm` of the package, or its address. */
  wasm: NonNullable<AuthClientOptions["wasm"]>;
};

/**
 * Makes a client. Nothing is loaded or sent before its first call.
 *
 * @example
 * ```ts
 * const auth = createAuthClient({ wasm: "/assets/traq-auth.wasm" });
 * ```
 *
 * @throws An {@link AuthError} with `invalid_argument` if an option is not valid, or if `wasm` is missing.
 */
export function createAuthClient(options: SlimAuthClientOptions): AuthClient {
  return create(mustHaveModule("createAuthClient", "traq-auth/slim", options));
}
