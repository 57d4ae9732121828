import initGo from "wasm_exec";
import type { Runtime, Send } from "./runtime.js";

/** What the module sets on the object given: wasm/host_safejs.go. */
type Exports = Record<string, (message: Uint8Array, send: Send) => Promise<Uint8Array>>;

/**
 * Makes an instance of the module that standard Go built, for development.
 *
 * Go's wasm_exec.js keeps what it needs on the global object; here it is given
 * an object of its own instead, with just the globals that Go touches.
 */
export async function instantiate(module: WebAssembly.Module): Promise<Runtime> {
  const exports: Exports = {};
  const scope = {
    Array,
    ArrayBuffer,
    Error,
    Object,
    Promise,
    Uint8Array,
    TextDecoder,
    TextEncoder,
    crypto: { getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes) },
    performance: { now: () => performance.now() },
    traqAuth: exports,
  };
  const Go = initGo(scope);
  const go = new Go();
  void go.run(await WebAssembly.instantiate(module, go.importObject)); // runs for the page's life
  if (!("login" in exports)) {
    throw new Error("the module exports no login");
  }

  return {
    call: (operation, message, send) =>
      (exports[operation] as Exports[string])(message, send).catch((error: unknown) => {
        if (error instanceof Error && "bytes" in error) {
          return error.bytes as Uint8Array;
        }
        throw error;
      }),
  };
}
