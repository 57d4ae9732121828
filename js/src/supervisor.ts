import { AuthError } from "./errors.js";
import { compile, loading } from "./load.js";
import { instantiate } from "./runtime-tinygo.js";
import type { Runtime, Send } from "./runtime.js";
import type { AuthClientOptions, Operation } from "./types.js";
import type { Message } from "./wire.js";

/** So many crashes in a row, and there is no further try. */
const maxCrashes = 3;

/** Milliseconds without a call after which an instance is idle. */
const idleAfter = 1000;

/** An instance, and the calls that wait in it. */
interface Instance {
  readonly starting: Promise<Runtime>;
  /** Set when it has started. */
  runtime?: Runtime;
  /** Each rejects a call. */
  readonly waiting: Set<(cause: unknown) => void>;
  readonly crashed: (cause: unknown) => void;
}

/** A client's module: an instance of it at a time, begun anew after a crash. */
export interface Supervisor {
  /** Begins to load the module, where that is still to be done. */
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
  let running: Instance | undefined;
  let crashes = 0;
  let idle: ReturnType<typeof setTimeout> | undefined;

  function begin(): Instance {
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
    module ??= compile(source);
    const starting = module
      .then((compiled) => instantiate(compiled, crashed))
      .catch((error: unknown) => {
        module = running = undefined; // the next call tries again
        throw loading(error);
      });
    const own: Instance = { starting, waiting, crashed };
    starting.then(
      (runtime) => (own.runtime = runtime),
      () => {}, // whoever calls is told
    );
    return own;
  }

  return {
    ready: () => (running ??= begin()).starting,
    async call(operation, message, send) {
      const crash = (cause: unknown): AuthError =>
        new AuthError(
          operation,
          "runtime_crashed",
          crashes < maxCrashes
            ? "the module crashed; whether the server has done what was asked is not known"
            : `the module has crashed ${maxCrashes} times in a row, and is not begun again; reload the page`,
          { cause },
        );
      if (crashes >= maxCrashes) {
        throw crash(undefined);
      }
      clearTimeout(idle);
      const { starting, runtime, waiting, crashed } = (running ??= begin());
      return new Promise((resolve, reject) => {
        const abandon = (cause: unknown): void => reject(crash(cause));
        waiting.add(abandon);
        const call = async (runtime: Runtime): Promise<void> => {
          if (!waiting.has(abandon)) {
            return; // it crashed in the meantime
          }
          try {
            resolve(await runtime.call(operation, message, send));
          } catch (cause) {
            crashed(cause);
            return;
          }
          waiting.delete(abandon);
          crashes = 0;
          if (waiting.size === 0 && runtime.grown()) {
            idle = setTimeout(() => (running = undefined), idleAfter);
          }
        };
        // Where it can be, the request is under way when this returns.
        if (runtime) {
          void call(runtime);
        } else {
          starting.then(call, reject);
        }
      });
    },
  };
}
