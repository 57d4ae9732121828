import { must } from "../options.js";
import type { Instantiate } from "./runtime.js";
import type { Operation } from "../types.js";
import { decode, Kind, type Message } from "./wire.js";

/** What the module exports: wasm/host_tinygo.go. */
interface Exports extends Record<Operation, Entry> {
  readonly memory: WebAssembly.Memory;
  readonly _initialize: () => void;
  readonly alloc: (size: number) => number;
}

/** Reads so many bytes of messages at an address; gives its answer's address. */
type Entry = (at: number, size: number) => number;

/** Makes an instance of the shipped module. A trap is thrown by the entry that it ends. */
export const instantiate: Instantiate = async (module) => {
  const instance = await WebAssembly.instantiate(module, {
    // The seed of Go's hash maps, of which the module has none that a caller
    // could fill; nothing here may throw.
    env: { arc4random: Date.now },
  });
  const exports = instance.exports as unknown as Exports;
  exports._initialize();

  // Writes messages into memory, enters Go, and reads its answer. Memory may
  // grow in any entry, which detaches what was a view of it.
  function enter(operation: Operation, messages: readonly Uint8Array[]): Message {
    let size = 0;
    for (const message of messages) {
      size += message.length;
    }
    const room = exports.alloc(size);
    must(room > 0, operation, "the arguments", "smaller");
    const memory = new Uint8Array(exports.memory.buffer);
    let at = room;
    for (const message of messages) {
      memory.set(message, at);
      at += message.length;
    }
    const answer = exports[operation](room, size);
    const { buffer } = exports.memory;
    return decode(new Uint8Array(buffer, answer, new DataView(buffer).getFloat64(answer, true)));
  }

  return {
    async call(operation, messages, send) {
      // The module keeps nothing: it is told all that came before each time.
      for (;;) {
        const answer = enter(operation, messages);
        if (answer.kind !== Kind.request) {
          return answer;
        }
        await send(answer);
      }
    },
    grown: () => exports.memory.buffer.byteLength > 1 << 20, // it never shrinks
  };
};
