import { AuthError } from "./errors.js";
import type { Abort } from "./transport.js";
import type { Operation } from "./types.js";

/** What ends a call before its answer does. */
export interface Limits {
  readonly operation: Operation;
  readonly signal: AbortSignal | undefined;
  /** Milliseconds; 0 for no limit. */
  readonly timeout: number;
  readonly disposal: Disposal;
}

/** Whether a client was disposed of, and what ends when it is. */
export class Disposal {
  done = false;
  readonly ends = new Set<() => void>();

  dispose(): void {
    this.done = true;
    for (const end of this.ends) {
      end();
    }
  }
}

const longestTimer = 2 ** 31 - 1; // a longer one fires at once

/**
 * Runs a task that is told when it is no longer wanted, and settles when one
 * of the limits is reached, whatever the task does.
 * (`AbortSignal.any` and `timeout` would do it; older engines lack them.)
 */
export function withinLimits<T>(limits: Limits, task: (abort: Abort) => Promise<T>): Promise<T> {
  const { operation, signal, timeout, disposal } = limits;
  const controller = new AbortController();
  let stop!: (reason: unknown) => void;
  const aborted = new Promise<never>((_, reject) => {
    stop = (reason) => {
      reject(reason);
      controller.abort(reason);
    };
  });
  const onAbort = (): void => stop(signal?.reason);
  const onDispose = (): void => stop(new AuthError(operation, "disposed", "the client was disposed of"));
  const onTimeout = (): void =>
    stop(new AuthError(operation, "timeout", `no answer within ${timeout} ms`, { retryable: true }));
  if (signal?.aborted) {
    onAbort();
  } else if (disposal.done) {
    onDispose();
  }
  signal?.addEventListener("abort", onAbort);
  disposal.ends.add(onDispose);
  const begun = performance.now();
  const left = (): number => timeout && Math.max(1, begun + timeout - performance.now());
  const settled = controller.signal.aborted
    ? aborted
    : task({ signal: controller.signal, aborted, left, stop });
  // A timer takes its time, and less of it from an empty stack: the task goes first.
  const timer = Promise.resolve().then(() =>
    timeout > 0 ? setTimeout(onTimeout, Math.min(timeout, longestTimer)) : undefined,
  );
  return Promise.race([aborted, settled]).finally(() => {
    void timer.then(clearTimeout);
    signal?.removeEventListener("abort", onAbort);
    disposal.ends.delete(onDispose);
  });
}
