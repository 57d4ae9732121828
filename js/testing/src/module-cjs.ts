/* eslint-disable @typescript-eslint/no-require-imports -- this is CommonJS's own, where Jest has no import(). */
import { adopt } from "./platform.js";
import type { TestServerOptions } from "./types.js";

export async function compile(given: TestServerOptions["wasm"]): Promise<WebAssembly.Module> {
  adopt(require("node:vm") as typeof import("node:vm"));
  const { readFileSync } = require("node:fs") as typeof import("node:fs");
  const source = given ?? `${__dirname}/../traq-auth-testing.wasm`;
  if (typeof source === "string" || source instanceof URL) {
    return WebAssembly.compile(readFileSync(source));
  }
  return Object.prototype.toString.call(source) === "[object WebAssembly.Module]"
    ? source
    : WebAssembly.compile(source as BufferSource);
}
