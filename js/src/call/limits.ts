import { type Abort, createAbort } from "../abort.js";
import { AuthError } from "../errors.js";
import { now, scope } from "../options.js";
import type { Operation } from "../types.js";

/** What ends a call before its answer does. */
export interface Limits {
  readonly signal: AbortSignal | null | undefined;
  /** Milliseconds; 0 for no limit. */
  readonly timeout: number;
}

/** Ends a call: its client was disposed of, or else its time is up. */
type End = () => void;

/** The calls of a client that are under way. */
export interface Pending {
  /** Adds one that may be until then, by {@link now}. Where the client was disposed of, it ends at once. */
  readonly add: (end: End, due: number) => void;
  readonly delete: (end: End) => void;
  /** Ends them all, and all that come. */
  readonly dispose: () => void;
  readonly disposed: () => boolean;
}

/**
 * One timer stands for all calls: one for each costs a call a fiftieth of its
 * time. For that, a page's stays when no call is under way; a process of Node
 * would stay for it.
 */
export function createPending(): Pending {
  const calls = new Map<End, number>();
  let disposed = false;
  let wakes = Infinity;
  let timer: ReturnType<typeof setTimeout> | undefined;

  /** Ends what is due, and sets the timer for what is due next. */
  function watch(): void {
    wakes = Infinity;
    const time = now();
    for (const [end, due] of calls) {
      if (disposed || due <= time) {
        end();
      } else {
        wakes = Math.min(wakes, due);
      }
    }
    clearTimeout(timer); // of one that an end has led to, too: who hears of it may begin a call
    if (wakes < Infinity) {
      timer = setTimeout(watch, Math.min(wakes - time, 2 ** 31 - 1)); // a longer one fires at once
    }
  }

  return {
    add(end, due) {
      calls.set(end, due);
      if (disposed || due < wakes) {
        watch();
      }
    },
    delete(end) {
      calls.delete(end);
      if (!calls.size && !scope.location) {
        watch();
      }
    },
    dispose() {
      disposed = true;
      watch();
    },
    disposed: () => disposed,
  };
}

/**
 * Runs a task that is told when it is no longer wanted, and settles when one
 * of the limits is reached, whatever the task does.
 * (`AbortSignal.any` and `timeout` would do it; older engines lack them.)
 */
export function withinLimits<T>(
  operation: Operation,
  { signal, timeout }: Limits,
  pending: Pending,
  task: (abort: Abort) => Promise<T>,
): Promise<T> {
  const due = timeout ? now() + timeout : Infinity;
  const abort = createAbort(() => timeout && Math.max(1, due - now()));
  const { aborted, abortWith } = abort;
  const onAbort = (): void => {
    abort.byCaller = true;
    abortWith(signal?.reason);
  };
  const end: End = () =>
    abortWith(
      pending.disposed()
        ? new AuthError(operation, "disposed", "disposed")
        : new AuthError(operation, "timeout", `no answer in ${timeout} ms`, { retryable: true }),
    );
  if (signal?.aborted) {
    onAbort();
  }
  signal?.addEventListener("abort", onAbort);
  pending.add(end, due);
  const settled = abort.signal.aborted ? aborted : task(abort);
  return Promise.race([aborted, settled]).finally(() => {
    // One of the caller's own making need not have it.
    (signal as Partial<AbortSignal> | null | undefined)?.removeEventListener?.("abort", onAbort);
    pending.delete(end);
  });
}
