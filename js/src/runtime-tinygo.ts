import type { Runtime } from "./runtime.js";
import { decode, Kind } from "./wire.js";

/** What the module exports: wasm/host_tinygo.go. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly _initialize: () => void;
  readonly alloc: (size: number) => number;
  readonly resume: (handle: number) => number;
}

type Entry = (handle?: number) => number;

/** Makes an instance of the shipped module. */
export async function instantiate(module: WebAssembly.Module): Promise<Runtime> {
  const instance = await WebAssembly.instantiate(module, {
    // The seed of Go's hash maps, of which the module has none that a caller
    // could fill; nothing here may throw.
    env: { arc4random: () => Math.random() * 2 ** 32 },
  });
  const exports = instance.exports as unknown as Exports;
  exports._initialize();

  // Copies a message in, enters Go, and copies its answer out. Memory may have
  // grown in any entry, so each view of it is made anew.
  function enter(entry: Entry, message: Uint8Array, handle?: number): Uint8Array {
    const room = exports.alloc(message.length);
    new Uint8Array(exports.memory.buffer).set(message, room);
    const answer = entry(handle);
    const size = new DataView(exports.memory.buffer).getUint32(answer, true);
    return new Uint8Array(exports.memory.buffer).slice(answer, answer + size);
  }

  return {
    async call(operation, message, send) {
      let answer = enter(instance.exports[operation] as Entry, message);
      for (;;) {
        const { kind, numbers } = decode(answer);
        if (kind !== Kind.request) {
          return answer;
        }
        answer = enter(exports.resume as Entry, await send(answer), numbers[0]);
      }
    },
  };
}
