import { now } from "../options.js";

/**
 * Runs a task that no other tab of the origin runs at the same time, as far as
 * the engine has the Web Locks API and lets the page have it; the task learns
 * whether it is so, and whether another ran until now.
 */
export async function withLock<T>(
  name: string,
  signal: AbortSignal,
  task: (alone: boolean, waited: boolean) => Promise<T>,
): Promise<T> {
  const asked = now();
  let begun = false as boolean; // changed by the callback
  try {
    return await navigator.locks.request(name, { signal }, () => {
      begun = true;
      return task(true, now() - asked > 10);
    });
  } catch (error) {
    if (begun || signal.aborted) {
      throw error;
    }
    return task(false, false);
  }
}
