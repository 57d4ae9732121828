/* eslint-disable @typescript-eslint/no-require-imports -- this is CommonJS's own, where Jest has no import(). */
import { adopt } from "./platform.js";
import type { TestServerOptions } from "./types.js";

export const node = <M>(name: string): Promise<M> => Promise.resolve(require(`node:${name}`) as M);

export async function compile(given: TestServerOptions["wasm"]): Promise<WebAssembly.Module> {
  adopt(require("node:vm") as typeof import("node:vm"));
  const { readFileSync } = require("node:fs") as typeof import("node:fs");
  const { fileURLToPath } = require("node:url") as typeof import("node:url");
  const source = given ?? `${__dirname}/../traq-auth-testing.wasm`;
  if (typeof source === "string" || "href" in source) {
    const address = typeof source === "string" ? source : (source as URL).href;
    return WebAssembly.compile(readFileSync(address.startsWith("file:") ? fileURLToPath(address) : address));
  }
  return Object.prototype.toString.call(source) === "[object WebAssembly.Module]"
    ? source
    : WebAssembly.compile(source as BufferSource);
}
