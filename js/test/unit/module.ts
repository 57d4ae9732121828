import { readFileSync } from "node:fs";
import { instantiate } from "../../src/module/runtime-tinygo.ts";
import type { Runtime } from "../../src/module/runtime.ts";
import type { Message } from "../../src/module/wire.ts";
import type { Operation } from "../../src/types.ts";

/** The shipped module, as `make build` left it. */
export const bytes = readFileSync(new URL("../../dist/traq-auth.wasm", import.meta.url));
export const module = new WebAssembly.Module(bytes);

/** The OAuth2 client's. */
export const oauth2Module = new WebAssembly.Module(
  readFileSync(new URL("../../dist/traq-auth-oauth2.wasm", import.meta.url)),
);

export const newRuntime = (of = module): Promise<Runtime> => instantiate(of, () => undefined);

/** An instance, and what is below it. */
export async function openRuntime(of = module): Promise<{
  runtime: Runtime;
  exports: WebAssembly.Exports;
  memory: () => number;
}> {
  const original = WebAssembly.instantiate;
  let instance: WebAssembly.Instance | undefined;
  WebAssembly.instantiate = (async (...args: Parameters<typeof original>) => {
    instance = await original(...args);
    return instance;
  }) as unknown as typeof original;
  try {
    const runtime = await newRuntime(of);
    const { exports } = instance as unknown as WebAssembly.Instance;
    /** Linear memory's size in bytes. */
    const memory = (): number => (exports["memory"] as WebAssembly.Memory).buffer.byteLength;
    return { runtime, exports, memory };
  } finally {
    WebAssembly.instantiate = original;
  }
}

/** Calls an exported function; `answer` gives the response to each of its requests. */
export function callWith(
  runtime: Pick<Runtime, "call">,
  operation: Operation,
  call: Uint8Array,
  answer: (request: Message) => Uint8Array | Promise<Uint8Array>,
): Promise<Message> {
  const messages = [call];
  return runtime.call(operation, messages, async (request) => {
    messages.push(await answer(request));
  });
}
