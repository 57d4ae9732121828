import type { TestServerOptions } from "./types.js";

// Where the module is, and what else differs between Node and a browser. The
// CommonJS files are made with module-cjs.ts instead.

/** Globals that Go's wasm_exec.js reads. */
export const platform = (): object => ({ TextDecoder, TextEncoder, crypto });

export async function compile(given: TestServerOptions["wasm"]): Promise<WebAssembly.Module> {
  const source = given ?? new URL("./traq-auth-testing.wasm", import.meta.url);
  if (typeof source === "string" || source instanceof URL) {
    return WebAssembly.compile(await read(new URL(source, import.meta.url)));
  }
  return Object.prototype.toString.call(source) === "[object WebAssembly.Module]"
    ? source
    : WebAssembly.compile(source as BufferSource);
}

async function read(url: URL): Promise<BufferSource> {
  if (url.protocol === "file:") {
    const name = "node:fs/promises"; // which no bundler looks for in a page then
    const { readFile } = (await import(/* @vite-ignore */ name)) as typeof import("node:fs/promises");
    return readFile(url);
  }
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`traq-auth-testing: ${url.href} answered ${response.status}; give the option "wasm"`);
  }
  return response.arrayBuffer();
}
