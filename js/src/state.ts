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
  /** Sets what another tab has told. */
  readonly hear: (next: Snapshot) => void;
  /** Calls the listeners, whether or not it has changed. */
  readonly notify: () => void;
  /** Calls the listener at once, then on changes; gives what ends that. */
  readonly subscribe: (listener: (snapshot: Snapshot) => void) => () => void;
}

/** Makes a state, which tells `found` what was set. */
export function createState(found: (snapshot: Snapshot) => void): State {
  let snapshot = unknown;
  const subscriptions = new Set<() => void>();
  const notify = (): void => subscriptions.forEach((notify) => notify());
  const hear = (next: Snapshot): void => {
    // The reference is stable: React takes another one for a change.
    if (JSON.stringify(next) !== JSON.stringify(snapshot)) {
      snapshot = next;
      notify();
    }
  };
  return {
    get: () => snapshot,
    set(next) {
      hear(next);
      found(next);
    },
    hear,
    notify,
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
