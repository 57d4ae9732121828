import { adopt, incomplete } from "./platform.js";
import type { TestServerOptions } from "./types.js";

// Where the module is, and what else differs between Node and a browser. The
// CommonJS files are made with module-cjs.ts instead.

export async function compile(given: TestServerOptions["wasm"]): Promise<WebAssembly.Module> {
  adopt(incomplete() ? await node<typeof import("node:vm")>("vm") : undefined);
  const source = given ?? new URL("./traq-auth-testing.wasm", import.meta.url);
  if (typeof source === "string" || "href" in source) {
    return WebAssembly.compile(await read(new URL(source as string | URL, import.meta.url)));
  }
  return Object.prototype.toString.call(source) === "[object WebAssembly.Module]"
    ? source
    : WebAssembly.compile(source as BufferSource);
}

/** Imports a module of Node's, which no bundler looks for in a page. */
export const node = async <M>(name: string): Promise<M> =>
  (await import(/* @vite-ignore */ `node:${name}`)) as M;

async function read(url: URL): Promise<BufferSource> {
  if (url.protocol === "file:") {
    const { readFile } = await node<typeof import("node:fs/promises")>("fs/promises");
    return readFile(url);
  }
  const response = await fetch(url);
  if (!response.ok) {
    throw new Error(`traq-auth-testing: ${url.href} answered ${response.status}; give the option "wasm"`);
  }
  return response.arrayBuffer();
}
