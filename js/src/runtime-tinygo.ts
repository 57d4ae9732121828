import type { Instantiate } from "./runtime.js";
import type { Operation } from "./types.js";
import { decode, type Draft, Kind, type Message, write } from "./wire.js";

/** What the module exports: wasm/host_tinygo.go. */
interface Exports extends Record<Operation, Entry> {
  readonly memory: WebAssembly.Memory;
  readonly _initialize: () => void;
  readonly alloc: (size: number) => number;
}

/** Reads so many bytes of messages at an address; gives its answer's address. */
type Entry = (at: number, size: number) => number;

/** Beyond so many bytes of memory, an instance is replaced: it never shrinks. */
const maxMemory = 1 << 20;

/** Makes an instance of the shipped module. A trap is thrown by the entry that it ends. */
export const instantiate: Instantiate = async (module) => {
  const instance = await WebAssembly.instantiate(module, {
    // The seed of Go's hash maps, of which the module has none that a caller
    // could fill; nothing here may throw.
    env: { arc4random: () => Math.random() * 2 ** 32 },
  });
  const exports = instance.exports as unknown as Exports;
  exports._initialize();

  let view = new DataView(exports.memory.buffer);
  /** Memory as it is now: it may grow in any entry, which detaches what was a view of it. */
  const memory = (): DataView =>
    view.buffer === exports.memory.buffer ? view : (view = new DataView(exports.memory.buffer));

  // Writes messages into memory, enters Go, and reads its answer.
  function enter(operation: Operation, messages: readonly Draft[]): Message {
    const size = messages.reduce((sum, message) => sum + message.size, 0);
    const room = exports.alloc(size);
    let at = room;
    for (const message of messages) {
      write(message, memory(), at);
      at += message.size;
    }
    const answer = exports[operation](room, size);
    return decode(new Uint8Array(exports.memory.buffer, answer, memory().getUint32(answer, true)));
  }

  return {
    async call(operation, message, send) {
      // The module keeps nothing: it is told all that came before each time.
      const messages = [message];
      for (;;) {
        const answer = enter(operation, messages);
        if (answer.kind !== Kind.request) {
          return answer;
        }
        messages.push(await send(answer));
      }
    },
    grown: () => exports.memory.buffer.byteLength > maxMemory,
  };
};
