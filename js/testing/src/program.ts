import initGo from "wasm_exec";
import { compile } from "./module-esm.js";
import { platform, timers } from "./platform.js";
import type { TestServerOptions } from "./types.js";
import { throwIfAborted, type WireRequest, type WireResponse } from "./wire.js";

// The program is js/testing/wasm. One serves all servers of this JavaScript: it
// takes most of the time to start, and servers in it share nothing.

type Exported = (...args: (number | string | Uint8Array | null | Done)[]) => string | undefined;
type Done = (head: string, body: Uint8Array<ArrayBuffer>) => void;

/** Node does not wait for the timers of the program: those that nobody waits for any more are among them. */
function unrefTimeout(f: () => void, delay: number): unknown {
  const timer = timers.setTimeout(f, delay) as unknown as { unref?: () => void };
  timer.unref?.();
  return timer;
}

/** Node's fs, as far as the program needs one: to say why it ends. */
function output(say: (text: string) => void): unknown {
  const names = ["WRONLY", "RDWR", "CREAT", "TRUNC", "APPEND", "EXCL", "DIRECTORY"];
  return {
    constants: Object.fromEntries(names.map((name) => [`O_${name}`, -1])),
    writeSync(_: number, bytes: Uint8Array) {
      say(new platform.TextDecoder().decode(bytes));
      return bytes.length;
    },
  };
}

type Go = InstanceType<ReturnType<typeof initGo>> & {
  exit: (code: number) => void;
  readonly _scheduledTimeouts: Map<number, unknown>;
};

/** What program there is, by the module that was given. */
let started: { wasm: TestServerOptions["wasm"]; program: Promise<Program> } | undefined;

/** Gives the program, which starts where there is none yet. */
export function start(wasm: TestServerOptions["wasm"]): Promise<Program> {
  if (started?.wasm !== wasm || !started) {
    const begun = { wasm, program: Program.start(wasm, () => (started = undefined)) };
    begun.program.catch(() => (started = undefined)); // the next one tries again
    started = begun;
  }
  return started.program;
}

export class Program {
  private readonly waiting = new Set<(cause: Error) => void>();
  private ended: Error | undefined;

  private constructor(private readonly exports: Record<string, Exported>) {}

  static async start(wasm: TestServerOptions["wasm"], ended: () => void): Promise<Program> {
    const module = await compile(wasm);
    const exports: Record<string, Exported> = {};
    // Go's wasm_exec.js keeps what it needs on the global object; here on this one.
    let said = "";
    const init = initGo({
      fs: output((text) => (said += text)),
      Array,
      Error,
      Object,
      Promise,
      Uint8Array,
      performance: { now: timers.now },
      clearTimeout: timers.clearTimeout,
      setTimeout: unrefTimeout,
      ...platform,
      traqAuthTesting: exports,
    });
    const go = new init() as Go;
    const program = new Program(exports);
    const end = (cause?: unknown): void => {
      if (program.ended) {
        return;
      }
      program.ended = new Error("traq-auth-testing has crashed; createTestServer starts it again", { cause });
      go._scheduledTimeouts.clear(); // it would resume for ever for one that comes now
      for (const fail of program.waiting) {
        fail(program.ended);
      }
      ended();
    };
    const resume = go._resume.bind(go);
    go._resume = () => {
      try {
        resume(); // a stack overflow is thrown out of here
      } catch (error) {
        end(error);
      }
    };
    go.exit = () => end(new Error(said));
    go.run(await WebAssembly.instantiate(module, go.importObject)).then(() => end(), end);
    return program;
  }

  /** Calls a function that answers at once. */
  call(name: string, ...args: Parameters<Exported>): unknown {
    this.throwIfEnded();
    const text = this.exports[name]?.(...args);
    this.throwIfEnded(); // within the call
    const { error, value } = JSON.parse(text ?? "{}") as { error?: string; value?: unknown };
    if (error !== undefined) {
      throw new Error(`traq-auth-testing: ${error.replace(/^authtest: /, "")}`);
    }
    return value;
  }

  private throwIfEnded(): void {
    if (this.ended) {
      throw this.ended;
    }
  }

  /** Answers a request; an abort rejects with the signal's reason. */
  async handle(server: number, request: WireRequest, signal?: AbortSignal | null): Promise<WireResponse> {
    throwIfAborted(signal);
    let stop = (): void => undefined;
    const kept = timers.setTimeout(() => undefined, 2 ** 31 - 1); // Node does wait for the answer
    try {
      return await new Promise((resolve, reject) => {
        const { body, ...head } = request;
        this.waiting.add(reject);
        const number = this.call("handle", server, JSON.stringify(head), body, (text, bytes) => {
          resolve({ ...(JSON.parse(text) as Omit<WireResponse, "body">), body: bytes });
        }) as number;
        const abort = (): void => {
          reject(signal?.reason); // first: the program answers at once
          this.call("cancel", number);
        };
        signal?.addEventListener("abort", abort);
        stop = () => {
          this.waiting.delete(reject);
          signal?.removeEventListener("abort", abort);
        };
      });
    } finally {
      stop();
      timers.clearTimeout(kept);
    }
  }
}
