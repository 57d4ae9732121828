import { scope } from "../options.js";
import type { RefreshOn } from "./state-options.js";

/** Milliseconds between two, and between two looks at the clock. */
export const pause = 5000;

/**
 * Calls back when what a page knows may be out of date. With `visible` that is when it
 * is looked at again and when it comes online, at most every 5 s; and always when it
 * comes out of the back-forward cache. With `interval` it is so many milliseconds after
 * the last time, too, which `last` tells. Otherwise it never is while the page is hidden. The
 * callback is told whether an event asks: an answer to what was asked before it may be out of
 * date. Returns what ends that.
 */
export function onWakeup(
  callback: (anew: boolean) => void,
  last: () => number,
  { visible, interval }: RefreshOn,
): () => void {
  const events = ["visibilitychange", "focus", "pageshow", "online"];
  // How long after the last time the next is due.
  const usual = (scope.document && interval) || Infinity;
  let due = usual;
  let anew = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = (event?: Event): void => {
    clearTimeout(timer);
    // A clock that was set back must not keep the page from asking.
    const since = Date.now() - last();
    let passed = since < 0 ? 1e99 : since;
    const type = event?.type;
    if (visible && type) {
      const { persisted } = event as Partial<PageTransitionEvent>;
      if (persisted || type === "online" || (passed >= pause && type !== "pageshow")) {
        anew = true;
        due = persisted ? 0 : Math.min(due, pause); // what was tried before it came online has failed, or hangs
      }
    }
    // WebKit's page is hidden still when it comes out of the back-forward cache.
    if (due && scope.document?.visibilityState === "hidden") {
      return; // until it is visible, which is an event
    }
    if (passed >= due) {
      passed = 0;
      due = usual;
      callback(anew);
      anew = false;
    }
    if (due < Infinity) {
      // A timer stands still while the machine sleeps.
      timer = setTimeout(run, Math.min(due - passed, pause));
    }
  };
  events.forEach((event) => scope.addEventListener?.(event, run));
  run();
  return () => {
    clearTimeout(timer);
    events.forEach((event) => scope.removeEventListener?.(event, run));
  };
}
