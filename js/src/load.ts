import { AuthError } from "./errors.js";
import type { AuthClientOptions, WasmFactory } from "./types.js";

// The module that lies beside this file is compiled once for all clients; a
// failed load is forgotten, so that the next call tries again.
let shared: Promise<WebAssembly.Module> | undefined;

/** Compiles the module, from where the caller says or from beside this file. */
export function compile(source: AuthClientOptions["wasm"]): Promise<WebAssembly.Module> {
  if (source !== undefined) {
    return compileSource(source);
  }
  shared ??= compileSource(new URL("./traq-auth.wasm", import.meta.url)).catch((error: unknown) => {
    shared = undefined;
    throw error;
  });
  return shared;
}

/** The error of a module that could not be loaded. */
export function loading(cause: unknown): AuthError {
  return cause instanceof AuthError ? cause : failure(String(cause), cause);
}

async function compileSource(source: NonNullable<AuthClientOptions["wasm"]>): Promise<WebAssembly.Module> {
  const given = typeof source === "function" ? await (source as WasmFactory)() : source;
  if (given instanceof WebAssembly.Module) {
    return given;
  }
  if (typeof given === "string" || given instanceof URL) {
    return compileResponse(await fetch(given));
  }
  return given instanceof Response ? compileResponse(given) : WebAssembly.compile(given);
}

async function compileResponse(response: Response): Promise<WebAssembly.Module> {
  if (!response.ok) {
    throw failure(`${response.url} was answered with ${response.status}`);
  }
  // A streaming compilation refuses any other type.
  if (response.headers.get("Content-Type") === "application/wasm" && "compileStreaming" in WebAssembly) {
    return WebAssembly.compileStreaming(response);
  }
  const bytes = await response.arrayBuffer();
  if (new DataView(bytes).getUint32(0) !== 0x0061736d) {
    throw failure(`${response.url} is not a WebAssembly module but ${response.headers.get("Content-Type")}`);
  }
  return WebAssembly.compile(bytes);
}

function failure(what: string, cause?: unknown): AuthError {
  return new AuthError(
    "ready",
    "wasm_load_failed",
    `the module could not be loaded: ${what}. It must be served as traq-auth.wasm beside the JavaScript, or be given by the option "wasm"; a Content-Security-Policy must allow 'wasm-unsafe-eval'`,
    { cause, retryable: true },
  );
}
