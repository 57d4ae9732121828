import { AuthError, isAuthError } from "../errors.js";
import { given } from "../given.js";
import { addressOf, hrefOf, isBytes, scope } from "../options.js";
import type { WasmFactory, WasmSource } from "../option-types.js";

/** The name of the section that js/bundle marks the module with; absent where the sources run as they are. */
declare const MODULE_MARK: string | undefined;

/** What the module's file is called; likewise. */
declare const MODULE_NAME: string | undefined;

/** The entry that this JavaScript is of; likewise. */
declare const MODULE_ENTRY: string | undefined;

/** What needs no file beside the JavaScript. */
const inline = `import ${typeof MODULE_ENTRY === "string" ? MODULE_ENTRY : "traq-auth"}/inline`;

/** The error of a module that could not be loaded. */
export const loading = (cause: unknown): AuthError => failure(String(cause), cause);

/** Compiles the module from where it is; the signal ends a download that nobody waits for any more. */
export async function compile(
  source: WasmSource | WasmFactory,
  signal: AbortSignal,
): Promise<WebAssembly.Module> {
  if (!scope.WebAssembly) {
    throw failure("no WebAssembly; take another browser");
  }
  let module: WebAssembly.Module;
  try {
    module = await compileGiven(typeof source === "function" ? (source as WasmFactory)() : source, signal);
  } catch (cause) {
    throw forbidden() ?? cause;
  }
  if (typeof MODULE_MARK === "string" && !WebAssembly.Module.customSections(module, MODULE_MARK).length) {
    throw failure("it is not the one built with this JavaScript; deploy both");
  }
  return module;
}

/** The error where the page's policy, or a runtime without pages, forbids to compile any module. */
function forbidden(): AuthError | undefined {
  try {
    new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)); // the smallest
    return undefined;
  } catch (cause) {
    return failure(
      scope.location
        ? "the Content-Security-Policy forbids it; add 'wasm-unsafe-eval' to script-src"
        : "the runtime forbids it; import the module",
      cause,
    );
  }
}

async function compileGiven(
  source: ReturnType<WasmFactory>,
  signal: AbortSignal,
): Promise<WebAssembly.Module> {
  // What is fetched after an await has no stack that a browser would look through.
  const module = await source;
  const href = hrefOf(module);
  if (href !== undefined) {
    let url: URL | undefined;
    try {
      url = addressOf(href);
      // Firefox's import.meta.url has those that the page was opened with; fetch takes none.
      url.username = url.password = "";
      return await compileResponse(await fetch(url, given({ signal })));
    } catch (cause) {
      throw failure(
        `${url?.href ?? "the address"} could not be fetched; check the connection, CORS, and connect-src, or ${inline}`,
        cause,
      );
    }
  }
  if (typeof (module as Partial<Response> | null)?.arrayBuffer === "function") {
    return compileResponse(module as Response);
  }
  // Neither is an instance of this realm's class where it is of another.
  return isBytes(module) ? compileBytes(module as BufferSource) : module;
}

async function compileResponse(response: Response): Promise<WebAssembly.Module> {
  const bytes = response.ok && (await response.arrayBuffer());
  try {
    return await compileBytes(bytes as ArrayBuffer);
  } catch (cause) {
    throw failure(
      `${response.url} answered ${response.status} (${response.headers.get("Content-Type") ?? "no type"}) and no module; serve it, not a fallback page, or ${inline}`,
      response.ok ? cause : undefined,
    );
  }
}

/** The error for what went wrong; what was thrown for it already goes on. */
function failure(what: string, cause?: unknown): AuthError {
  const name = typeof MODULE_NAME === "string" ? MODULE_NAME : "traq-auth";
  return isAuthError(cause)
    ? cause
    : new AuthError("ready", "wasm_load_failed", `${name}.wasm could not be loaded: ${what}`, {
        cause,
        retryable: true,
      });
}

/** Compiles at once, which takes less than to have it done aside, unless the engine finds it too large for that. */
async function compileBytes(bytes: BufferSource): Promise<WebAssembly.Module> {
  try {
    return new WebAssembly.Module(bytes);
  } catch {
    return WebAssembly.compile(bytes);
  }
}
