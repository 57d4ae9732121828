import { AuthError } from "./errors.js";
import { own } from "./module-beside.js";
import type { AuthClientOptions, WasmFactory } from "./types.js";

/** The name of the section that js/bundle marks the module with; absent where the sources run as they are. */
declare const MODULE_MARK: string | undefined;

// The package's own module is compiled once for all clients; a failed load is
// forgotten, so that the next call tries again.
let shared: Promise<WebAssembly.Module> | undefined;

/** Compiles the module, from where the caller says or the package's own. */
export function compile(source: AuthClientOptions["wasm"]): Promise<WebAssembly.Module> {
  if (source !== undefined) {
    return compileSource(source);
  }
  shared ??= compileSource(own).catch((error: unknown) => {
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
  if (!("WebAssembly" in globalThis)) {
    throw failure("there is no WebAssembly; take another browser, or end its lockdown mode");
  }
  let module: WebAssembly.Module;
  try {
    module = await compileGiven(typeof source === "function" ? (source as WasmFactory)() : source);
  } catch (cause) {
    throw forbidden() ?? cause;
  }
  if (typeof MODULE_MARK === "string" && !WebAssembly.Module.customSections(module, MODULE_MARK).length) {
    throw failure("it is not the one built with this JavaScript; deploy both together");
  }
  return module;
}

/** The error where the page's policy forbids every module. */
function forbidden(): AuthError | undefined {
  try {
    new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)); // the smallest
    return undefined;
  } catch (cause) {
    return failure("the Content-Security-Policy forbids it; add 'wasm-unsafe-eval' to script-src", cause);
  }
}

async function compileGiven(source: ReturnType<WasmFactory>): Promise<WebAssembly.Module> {
  // What is fetched after an await has no stack that a browser would look through.
  const given = await source;
  if (typeof given === "string" || given instanceof URL) {
    try {
      return await compileResponse(await fetch(given));
    } catch (cause) {
      throw cause instanceof AuthError
        ? cause
        : failure(`${given} could not be fetched; check the connection, and CORS`, cause);
    }
  }
  if (given instanceof WebAssembly.Module) {
    return given;
  }
  return given instanceof Response ? compileResponse(given) : WebAssembly.compile(given);
}

async function compileResponse(response: Response): Promise<WebAssembly.Module> {
  const { url, status, headers } = response;
  const type = headers.get("Content-Type");
  let cause: unknown;
  if (response.ok) {
    try {
      // A streaming compilation refuses any other type.
      return await (type === "application/wasm" && "compileStreaming" in WebAssembly
        ? WebAssembly.compileStreaming(response)
        : WebAssembly.compile(await response.arrayBuffer()));
    } catch (error) {
      if (!(error instanceof WebAssembly.CompileError)) {
        throw error; // the body did not come to its end
      }
      cause = error;
    }
  }
  throw failure(
    `${url} answered ${status} (${type ?? "untyped"}), and no module; serve it there, not a fallback page, or give the option "wasm"`,
    cause,
  );
}

function failure(what: string, cause?: unknown): AuthError {
  return new AuthError("ready", "wasm_load_failed", `traq-auth.wasm could not be loaded: ${what}`, {
    cause,
    retryable: true,
  });
}
