/* eslint-disable @typescript-eslint/no-require-imports -- this is CommonJS's own, where Jest has no import(). */
import type { TestServerOptions } from "./types.js";

export const platform = (): object => {
  const { TextDecoder, TextEncoder } = require("node:util") as typeof import("node:util");
  const { webcrypto } = require("node:crypto") as typeof import("node:crypto");
  return { TextDecoder, TextEncoder, crypto: webcrypto };
};

export async function compile(given: TestServerOptions["wasm"]): Promise<WebAssembly.Module> {
  const { readFileSync } = require("node:fs") as typeof import("node:fs");
  const source = given ?? `${__dirname}/../traq-auth-testing.wasm`;
  if (typeof source === "string" || source instanceof URL) {
    return WebAssembly.compile(readFileSync(source));
  }
  return Object.prototype.toString.call(source) === "[object WebAssembly.Module]"
    ? source
    : WebAssembly.compile(source as BufferSource);
}
