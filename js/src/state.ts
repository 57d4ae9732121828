import type { Snapshot, User } from "./types.js";

/** What is known before anything was asked; a server renders it too. */
export const unknown: Snapshot = Object.freeze({ status: "unknown", user: null });
export const signedOut: Snapshot = Object.freeze({ status: "signed-out", user: null });
export const signedIn = (user: User): Snapshot =>
  Object.freeze({ status: "signed-in", user: Object.freeze(user) });

/** A snapshot, and whoever wants to know when it changes. */
export interface State {
  readonly get: () => Snapshot;
  readonly set: (next: Snapshot) => void;
  /** Calls the listener at once, then on changes; gives what ends that. */
  readonly subscribe: (listener: (snapshot: Snapshot) => void) => () => void;
}

export function createState(): State {
  let snapshot = unknown;
  const subscriptions = new Set<() => void>();
  return {
    get: () => snapshot,
    set(next) {
      // The reference is stable: React takes another one for a change.
      if (JSON.stringify(next) !== JSON.stringify(snapshot)) {
        snapshot = next;
        subscriptions.forEach((notify) => notify());
      }
    },
    subscribe(listener) {
      const notify = (): void => {
        try {
          listener(snapshot);
        } catch (error) {
          report(error); // as an event listener's: it harms nobody
        }
      };
      subscriptions.add(notify);
      notify();
      return () => {
        subscriptions.delete(notify);
      };
    },
  };
}

/** Tells an error that no caller of ours made; older engines and servers have a console alone. */
function report(error: unknown): void {
  if (typeof reportError === "function") {
    reportError(error);
  } else {
    console.error(error);
  }
}
