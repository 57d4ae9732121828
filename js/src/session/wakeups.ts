import { scope } from "../options.js";

/** Milliseconds between two. */
const interval = 5000;

/**
 * Calls back when what a page knows may be out of date: when it is looked at
 * again and when it comes online, at most every 5 s; and always when it comes
 * out of the back-forward cache. `asked` says that it was asked just now. Returns
 * what ends that.
 */
export function onWakeup(callback: () => void, asked: boolean): () => void {
  const events = ["visibilitychange", "focus", "pageshow", "online"];
  let last = asked ? Date.now() : 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wake = (event?: Event): void => {
    const type = event?.type;
    const isRestored = type === "pageshow" && (event as PageTransitionEvent).persisted;
    if (
      (type === "pageshow" && !isRestored) ||
      (type === "visibilitychange" && scope.document?.visibilityState === "hidden")
    ) {
      return;
    }
    // Not performance.now(), which may stand still while the machine sleeps. A
    // clock that was set back must not keep the page from asking.
    const wait = last + interval - Date.now();
    if (wait <= 0 || wait > interval || isRestored || !event) {
      clearTimeout(timer);
      timer = undefined;
      last = Date.now();
      callback();
    } else if (type === "online") {
      timer ??= setTimeout(wake, wait); // what was tried before has failed
    }
  };
  events.forEach((event) => scope.addEventListener?.(event, wake));
  return () => {
    clearTimeout(timer);
    events.forEach((event) => scope.removeEventListener?.(event, wake));
  };
}
