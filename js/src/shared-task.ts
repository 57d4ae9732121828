import { createAbort } from "./abort.js";
import type { Abort } from "./abort.js";

/** A task that is under way once, however many wait for it. */
export interface SharedTask<T> {
  /** Joins the task that is under way, or begins one; rejects with the caller's own abort. */
  readonly join: (abort: Abort) => Promise<T>;
  /** Has the next caller begin anew. Who waits already is told what they wait for. */
  readonly renew: () => void;
}

/**
 * Shares a task among all who ask for it meanwhile. Each waits within limits of
 * their own, and the task goes on while anybody waits; when nobody does any
 * more, it is aborted, and the next caller begins anew.
 */
export function createSharedTask<T>(task: (abort: Abort) => Promise<T>): SharedTask<T> {
  interface Run {
    readonly waitingCalls: Set<Abort>;
    readonly abort: Abort;
    readonly settling: Promise<T>;
  }
  let current: Run | undefined;

  function begin(first: Abort): Run {
    const waiting = new Set([first]);
    const abort = createAbort(() => {
      // Until the last of them gives up; 0 is no limit.
      const left = [...waiting].map((one) => one.left());
      return left.includes(0) ? 0 : Math.max(...left);
    });
    abort.aborted.catch(() => {}); // who waits has their own
    const settling = task(abort).finally(() => {
      waiting.clear(); // there is nothing left to abort, and to abort takes its time
      if (current?.settling === settling) {
        current = undefined;
      }
    });
    return { waitingCalls: waiting, abort, settling };
  }

  return {
    async join(abort) {
      if (abort.signal.aborted) {
        return abort.aborted; // and begins nothing
      }
      const run = (current ??= begin(abort));
      run.waitingCalls.add(abort);
      try {
        return await Promise.race([abort.aborted, run.settling]);
      } finally {
        if (run.waitingCalls.delete(abort) && !run.waitingCalls.size) {
          run.abort.abortWith(undefined);
          if (current === run) {
            current = undefined;
          }
        }
      }
    },
    renew() {
      current = undefined;
    },
  };
}
