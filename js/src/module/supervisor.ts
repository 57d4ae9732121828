import { AuthError, isAuthError } from "../errors.js";
import { compile, loading } from "./load.js";
import { defaultModule } from "./module-beside.js";
import { hrefOf, isBytes } from "../options.js";
import { instantiate } from "./runtime-tinygo.js";
import type { Runtime, Send } from "./runtime.js";
import { createSharedTask, type SharedTask } from "../shared-task.js";
import type { Abort } from "../abort.js";
import type { WasmFactory, WasmSource } from "../option-types.js";
import type { Operation } from "../types.js";
import type { Message } from "./wire.js";

/** So many crashes in a row, and there is no further try. */
const maxCrashes = 3;

/** Milliseconds without a call after which an instance is idle. */
const idleAfter = 1000;

/** An instance, and the calls that wait in it. */
interface Instance {
  readonly runtime: Runtime;
  /** Each rejects a call. */
  readonly waitingCalls: Set<(cause: unknown) => void>;
  readonly crashed: (cause: unknown) => void;
}

/** A module that clients share: an instance of it at a time, begun anew after a crash. */
interface Module {
  readonly starting: SharedTask<void>;
  running?: Instance | undefined;
  crashes: number;
  idle?: ReturnType<typeof setTimeout>;
  /** How many have not been disposed of. */
  clients: number;
}

/** A client's part of a module. */
export interface Supervisor {
  /** Loads the module, where that is still to be done. */
  readonly ready: (abort: Abort) => Promise<void>;
  /** Calls an exported function; see {@link Runtime}. */
  readonly call: (
    operation: Operation,
    messages: readonly Uint8Array[],
    send: Send,
    abort: Abort,
  ) => Promise<Message>;
  /** Lets go of it; the last client to do so ends the instance. */
  readonly dispose: () => void;
}

// What the clients of a page share: an instance reserves so much of a browser's
// address space that it has room for some hundred.
const byObject = new WeakMap<object, Module>();
const byAddress = new Map<unknown, Module>();

/**
 * Gives a module that is crash-only: what a trap leaves behind is thrown away
 * as a whole, with every call that waits in it, and the next call begins a new
 * instance. Nothing is tried again by itself: whether a call has reached the
 * server is not known.
 */
// eslint-disable-next-line max-lines-per-function -- its closures are the methods of one part, each of them short
export function supervise(source: WasmSource | WasmFactory = defaultModule): Supervisor {
  // Bytes may be others by the next time.
  const key: unknown = hrefOf(source) ?? (isBytes(source) ? {} : source);
  const modules = (Object(key) === key ? byObject : byAddress) as Map<unknown, Module>;
  const module = modules.get(key) ?? share(source);
  modules.set(key, module);
  module.clients++;

  return {
    async ready(abort) {
      if (!module.running) {
        await module.starting.join(abort);
      }
    },
    async call(operation, messages, send, abort) {
      const crash = (cause?: unknown): AuthError =>
        new AuthError(
          operation,
          "runtime_crashed",
          module.crashes < maxCrashes
            ? "the module crashed; whether the call took effect is unknown"
            : `the module crashed ${maxCrashes} times in a row; reload the page`,
          { cause },
        );
      clearTimeout(module.idle);
      // Where it can be, the request is under way when this returns.
      for (;;) {
        if (module.crashes >= maxCrashes) {
          throw crash();
        }
        if (module.running) {
          break;
        }
        await module.starting.join(abort);
      }
      const { runtime, waitingCalls: waiting, crashed } = module.running;
      return new Promise((resolve, reject) => {
        const abandon = (cause: unknown): void => reject(crash(cause));
        waiting.add(abandon);
        runtime.call(operation, messages, send).then(
          (answer) => {
            resolve(answer);
            waiting.delete(abandon);
            module.crashes = 0;
            if (waiting.size === 0 && runtime.grown()) {
              module.idle = setTimeout(() => (module.running = undefined), idleAfter);
            }
          },
          (cause: unknown) => {
            if (isAuthError(cause)) {
              reject(cause); // it was not entered
              waiting.delete(abandon);
            } else {
              crashed(cause);
            }
          },
        );
      });
    },
    dispose() {
      if (!--module.clients) {
        clearTimeout(module.idle);
        module.running = undefined;
        module.crashes = 0;
        byAddress.delete(key);
      }
    },
  };
}

function share(source: WasmSource | WasmFactory): Module {
  let compiled: WebAssembly.Module | undefined;
  const starting = createSharedTask(async ({ signal }) => {
    const waiting: Instance["waitingCalls"] = new Set();
    const crashed = (cause: unknown): void => {
      if (module.running?.waitingCalls === waiting) {
        module.running = undefined;
        module.crashes++;
      }
      for (const reject of waiting) {
        reject(cause);
      }
      waiting.clear();
    };
    try {
      compiled ??= await compile(source, signal);
      if (!signal.aborted) {
        module.running = { runtime: await instantiate(compiled, crashed), waitingCalls: waiting, crashed };
      }
    } catch (error) {
      compiled = undefined; // the next call tries again
      throw loading(error);
    }
  });
  const module: Module = { starting, running: undefined, crashes: 0, clients: 0 };
  return module;
}
