import { AuthError } from "./errors.js";
import { compile, loading } from "./load.js";
import { instantiate } from "./runtime-tinygo.js";
import type { Runtime, Send } from "./runtime.js";
import type { AuthClientOptions, Operation } from "./types.js";
import type { Message } from "./wire.js";

/** So many crashes in a row, and there is no further try. */
const maxCrashes = 3;

/** An instance, and the calls that wait in it. */
interface Instance {
  readonly runtime: Runtime;
  /** Each rejects a call. */
  readonly waiting: Set<(cause: unknown) => void>;
  readonly crashed: (cause: unknown) => void;
}

/** A client's module: an instance of it at a time, begun anew after a crash. */
export interface Supervisor {
  readonly ready: () => Promise<unknown>;
  /** Calls an exported function; see {@link Runtime}. */
  readonly call: (operation: Operation, message: Uint8Array, send: Send) => Promise<Message>;
}

/**
 * Gives a module that is crash-only: what a trap leaves behind is thrown away
 * as a whole, with every call that waits in it, and the next call begins a new
 * instance. Nothing is tried again by itself: whether a call has reached the
 * server is not known.
 */
export function supervise(source: AuthClientOptions["wasm"]): Supervisor {
  let module: Promise<WebAssembly.Module> | undefined;
  let running: Promise<Instance> | undefined;
  let crashes = 0;

  async function begin(): Promise<Instance> {
    const waiting: Instance["waiting"] = new Set();
    const crashed = (cause: unknown): void => {
      if (running === own) {
        running = undefined;
        crashes++;
      }
      for (const reject of waiting) {
        reject(cause);
      }
      waiting.clear();
    };
    const own = running;
    module ??= compile(source);
    return { runtime: await instantiate(await module, crashed), waiting, crashed };
  }

  const instance = (): Promise<Instance> => {
    // In a microtask, when `running` is set.
    running ??= Promise.resolve()
      .then(begin)
      .catch((error: unknown) => {
        module = running = undefined; // the next call tries again
        throw loading(error);
      });
    return running;
  };

  return {
    ready: instance,
    async call(operation, message, send) {
      const crash = (cause: unknown): AuthError =>
        new AuthError(
          operation,
          "runtime_crashed",
          crashes < maxCrashes
            ? "the module crashed; whether the server has done what was asked is not known"
            : `the module has crashed ${maxCrashes} times in a row, and is not begun again; reload the page, and report it`,
          { cause },
        );
      if (crashes >= maxCrashes) {
        throw crash(undefined);
      }
      const { runtime, waiting, crashed } = await instance();
      return new Promise((resolve, reject) => {
        const abandon = (cause: unknown): void => reject(crash(cause));
        waiting.add(abandon);
        runtime.call(operation, message, send).then((answer) => {
          waiting.delete(abandon);
          crashes = 0;
          if (waiting.size === 0 && runtime.grown()) {
            running = undefined;
          }
          resolve(answer);
        }, crashed);
      });
    },
  };
}
