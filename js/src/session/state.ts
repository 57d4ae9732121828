import type { Snapshot, User } from "../types.js";
import { isUUID } from "../uuid.js";

/** What is known before anything was asked; a server renders it too. */
export const unknown: Snapshot = Object.freeze({ status: "unknown", user: null });
export const signedOut: Snapshot = Object.freeze({ status: "signed-out", user: null });
export const signedIn = (user: User): Snapshot =>
  Object.freeze({ status: "signed-in", user: Object.freeze(user) });

/**
 * Checks a snapshot that came from elsewhere, such as another tab or a server:
 * returns what it says, or undefined where it is none. What else it has is left out.
 */
export function readSnapshot(value: unknown): Snapshot | undefined {
  const { status, user } = Object(value) as Readonly<Record<keyof Snapshot, unknown>>;
  if (status === "signed-in") {
    const { id, name, displayName, iconFileId } = Object(user) as Readonly<Record<keyof User, unknown>>;
    return isUUID(id) && isUUID(iconFileId) && typeof name === "string" && typeof displayName === "string"
      ? signedIn({ id, name, displayName, iconFileId })
      : undefined;
  }
  return user === null ? [unknown, signedOut].find((snapshot) => snapshot.status === status) : undefined;
}

/** Whether two values are the same in JSON. */
export const isSame = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** How a snapshot became known. */
export const enum Source {
  /** The server said so, to whatever was asked. */
  answer,
  /** A login or a logout of this client made it so, which the other tabs do not know yet. */
  change,
  /** Another tab said so. */
  tab,
}

type OnSet = (next: Snapshot, source: Source) => void;

/** A snapshot, and whoever wants to know when it changes. */
export interface State {
  readonly get: () => Snapshot;
  /** Whether it became known here: not that nobody knows, nor what the page began with. */
  readonly isKnown: () => boolean;
  readonly set: OnSet;
  /** Adds what is called whenever a snapshot is set, after the listeners, though it may be no other. */
  readonly onSet: (hook: OnSet) => void;
  /** Calls the listeners with the snapshot as it is. */
  readonly notifyAll: () => void;
  /** Calls the listener at once, then on changes; returns what ends that. */
  readonly subscribe: (listener: (snapshot: Snapshot) => void) => () => void;
}

export function createState(initial: Snapshot): State {
  let snapshot = initial;
  let isKnown = false;
  const hooks: OnSet[] = [];
  // Each takes whether to call its listener with a snapshot that it has seen.
  const subscriptions = new Set<(again: boolean) => void>();
  const notify = (again: boolean): void => {
    // Whoever subscribes meanwhile was called already.
    for (const notify of [...subscriptions]) {
      notify(again);
    }
  };
  return {
    get: () => snapshot,
    isKnown: () => isKnown,
    set(next, source) {
      isKnown = next !== unknown;
      // The reference is stable: React takes another one for a change.
      if (!isSame(next, snapshot)) {
        snapshot = next;
        notify(false);
      }
      for (const hook of hooks) {
        hook(next, source);
      }
    },
    onSet(hook) {
      hooks.push(hook);
    },
    notifyAll: () => notify(true),
    subscribe(listener) {
      let seen: Snapshot | undefined;
      const notify = (again: boolean): void => {
        // A listener before this one may have set the next snapshot, or ended this subscription.
        if ((!again && seen === snapshot) || !subscriptions.has(notify)) {
          return;
        }
        seen = snapshot;
        try {
          listener(snapshot);
        } catch (error) {
          report(error); // as an event listener's: it harms nobody
        }
      };
      subscriptions.add(notify);
      notify(true);
      return () => {
        subscriptions.delete(notify);
      };
    },
  };
}

/** Reports an error that no caller of ours made; older engines and servers have a console alone. */
function report(error: unknown): void {
  try {
    ((globalThis as Partial<typeof globalThis>).reportError ?? console.error)(error);
  } catch {} // a page may have a function of its own by that name
}
