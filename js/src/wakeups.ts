import { scope } from "./options.js";

/** Milliseconds between two. */
const interval = 5000;

/**
 * Calls back when what a page knows may be out of date: when it is looked at
 * again (from the back-forward cache too) and when it comes online; at most
 * every 5 s. Gives what ends that.
 */
export function onWakeup(callback: () => void): () => void {
  const events = ["focus", "pageshow", "online"];
  let last = -interval;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wake = (event?: Event): void => {
    const now = performance.now();
    const wait = last + interval - now;
    if (wait <= 0 || !event) {
      clearTimeout(timer);
      timer = undefined;
      last = now;
      callback();
    } else if (event.type === "online") {
      timer ??= setTimeout(wake, wait); // what was tried before has failed
    }
  };
  events.forEach((event) => scope.addEventListener?.(event, wake));
  return () => {
    clearTimeout(timer);
    events.forEach((event) => scope.removeEventListener?.(event, wake));
  };
}
