import { AuthError } from "./errors.js";
import type { Operation } from "./types.js";

/** What ends a call before its answer does. */
export interface Limits {
  readonly operation: Operation;
  readonly signal: AbortSignal | undefined;
  /** Milliseconds; 0 for no limit. */
  readonly timeout: number;
  /** Aborted when the client is disposed of. */
  readonly disposal: AbortSignal;
}

const longestTimer = 2 ** 31 - 1; // a longer one fires at once

/**
 * Runs a task that is told by a signal when it is no longer wanted, and
 * settles when one of the limits is reached, whatever the task does.
 * (`AbortSignal.any` and `timeout` would do it; older engines lack them.)
 */
export function withinLimits<T>(limits: Limits, task: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { operation, signal, timeout, disposal } = limits;
  return new Promise<T>((resolve, reject) => {
    const controller = new AbortController();
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      disposal.removeEventListener("abort", onDispose);
      settle();
    };
    const stop = (reason: unknown): void => {
      end(() => reject(reason));
      controller.abort(reason);
    };
    const onAbort = (): void => stop(signal?.reason);
    const onDispose = (): void => stop(new AuthError(operation, "disposed", "the client was disposed of"));
    const onTimeout = (): void =>
      stop(new AuthError(operation, "timeout", `no answer within ${timeout} ms`, { retryable: true }));
    const timer = timeout > 0 ? setTimeout(onTimeout, Math.min(timeout, longestTimer)) : undefined;

    if (signal?.aborted) {
      onAbort();
    } else if (disposal.aborted) {
      onDispose();
    } else {
      signal?.addEventListener("abort", onAbort);
      disposal.addEventListener("abort", onDispose);
      task(controller.signal).then((value) => end(() => resolve(value)), stop);
    }
  });
}

/** The promise, or the signal's reason if that comes first. */
export function untilAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) {
      onAbort();
    }
    signal.addEventListener("abort", onAbort);
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
