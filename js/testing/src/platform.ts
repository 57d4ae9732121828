// Globals of Node's that jsdom hides in Jest.

interface Platform {
  readonly TextDecoder: typeof TextDecoder;
  readonly TextEncoder: typeof TextEncoder;
  readonly Response: typeof Response;
  readonly Headers: typeof Headers;
  readonly ReadableStream: typeof ReadableStream;
  readonly DecompressionStream: typeof DecompressionStream;
  readonly crypto: Crypto;
}

const names = [
  "TextDecoder",
  "TextEncoder",
  "Response",
  "Headers",
  "ReadableStream",
  "DecompressionStream",
  "crypto",
] as const;

/** As they are before a test replaces them: what waits in the program waits really. */
export let timers = timersOf(globalThis);

function timersOf({ setTimeout, clearTimeout, performance }: typeof globalThis) {
  return {
    setTimeout: (f: () => void, delay: number) => setTimeout(f, delay),
    clearTimeout: (timer: ReturnType<typeof setTimeout>) => clearTimeout(timer),
    now: performance.now.bind(performance),
  };
}

/** It is there once `adopt` was called. */
export let platform: Platform;

/** Whether something is missing here. */
export const incomplete = (): boolean => names.some((name) => !(name in globalThis));

/** Takes what is here, and from node:vm what is not. */
export function adopt(vm?: { runInThisContext(code: string): unknown }): void {
  platform = Object.fromEntries(
    names.map((name) => [name, name in globalThis ? globalThis[name] : vm?.runInThisContext(name)]),
  ) as unknown as Platform;
  if (vm) {
    timers = timersOf(vm.runInThisContext("globalThis") as typeof globalThis); // Jest's configuration replaces the others
  }
}
