import initGo from "wasm_exec";
import type { Instantiate } from "./runtime.js";
import { decode } from "./wire.js";

/** What the module sets on the object given: wasm/host_safejs.go. */
type Exports = Record<string, (message: Uint8Array, send: SendBytes) => Promise<Uint8Array> | undefined>;

type SendBytes = (request: Uint8Array) => Promise<Uint8Array>;

/** What a function gives in which Go ended; the supervisor is told, and rejects the call. */
const never = new Promise<never>(() => undefined);

function joined(messages: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(messages.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const message of messages) {
    all.set(message, at);
    at += message.length;
  }
  return all;
}

/** What Go is given in the place of the global object. */
const globals = (exports: Exports): object => ({
  Array,
  ArrayBuffer,
  Error,
  Object,
  Promise,
  Uint8Array,
  TextDecoder,
  TextEncoder,
  crypto: { getRandomValues: (bytes: Uint8Array<ArrayBuffer>) => crypto.getRandomValues(bytes) },
  performance: { now: () => performance.now() },
  traqAuth: exports,
});

/**
 * Makes an instance of the module that standard Go built, for development.
 *
 * Go's wasm_exec.js keeps what it needs on the global object; here it is given
 * an object of its own instead, with just the globals that Go touches.
 */
export const instantiate: Instantiate = async (module, crashed) => {
  const exports: Exports = {};
  const Go = initGo(globals(exports));
  const go = new Go();
  let started = false;
  let dead = false;
  const end = (cause: unknown): void => {
    dead = true;
    if (started) {
      crashed(cause); // before, it is a module that does not load
    }
  };
  // A stack overflow is thrown out of here, into whatever callback entered Go;
  // a panic ends run() as if all were well. What is dead is not entered again.
  const resume = go._resume.bind(go);
  go._resume = () => {
    if (!dead) {
      try {
        resume();
      } catch (error) {
        end(error);
      }
    }
  };
  go.run(await WebAssembly.instantiate(module, go.importObject)).then(
    () => end(new Error("the Go program has ended")),
    end,
  );
  if (!("login" in exports)) {
    throw new Error("the module exports no login");
  }
  started = true;

  return {
    call: async (operation, messages, send) => {
      const answer = (exports[operation] as Exports[string])(joined(messages), async (request) => {
        await send(decode(request));
        return messages[messages.length - 1] as Uint8Array;
      });
      return decode(
        await (answer ?? never).catch((error: unknown) => {
          if (error instanceof Error && "bytes" in error) {
            return error.bytes as Uint8Array;
          }
          throw error;
        }),
      );
    },
    grown: () => false, // Go's collector keeps more than that from the start
  };
};
