import { isSame } from "../session/state.js";
import { type Check, createStorageItem } from "../storage.js";
import type { AuthStorage } from "../option-types.js";

/** One value, in a storage or else in the page's memory. */
export interface Item<T> {
  readonly read: () => Promise<T | null>;
  /**
   * Stores what `next` makes of the value, null for none, and returns the value as it was. What
   * is asked of an item is done one after the other, in the order of the calls.
   */
  readonly change: (next: (value: T | null) => T | null | Promise<T | null>) => Promise<T | null>;
}

// What is under way on each item: clients may share a storage.
const queues = new WeakMap<object, Record<string, Promise<unknown>>>();

/**
 * Makes an item that the page's memory holds where the storage keeps nothing: there is none, or it throws.
 * What another tab has changed in the storage since counts more; `dropped` is told what is dropped for it.
 */
export function createItem<T extends object>(
  storage: AuthStorage | null | undefined,
  key: () => string,
  check: Check<T>,
  dropped: (value: T) => unknown,
): Item<T> {
  const item = createStorageItem(storage, "sessionStorage", key, check);
  /** What the storage did not take; undefined where it counts what that has. */
  let memory: T | null | undefined;
  /** What the storage had in its place. */
  let hidden: T | null = null;

  const change: Item<T>["change"] = async (next) => {
    const name = key();
    const owner = Object(storage ?? queues) as object;
    const queue = queues.get(owner) ?? {};
    queues.set(owner, queue);
    const done = Promise.resolve(queue[name]).then(async () => {
      const stored = await item.read();
      if (memory !== undefined && !isSame(stored, hidden)) {
        // Another tab has come since.
        await (memory && !isSame(memory, stored) && dropped(memory));
        memory = undefined;
      }
      const before = memory === undefined ? stored : memory;
      const after = await next(before);
      if (!isSame(after, before)) {
        await (after ? item.writeItem(after) : item.erase());
        const kept = await item.read();
        // What is neither has come from another tab.
        memory = after && !isSame(kept, stored) ? undefined : after;
        hidden = kept ?? stored;
      }
      return before;
    });
    queue[name] = done.catch(() => {});
    return done;
  };
  return { read: () => change((value) => value), change };
}

/** Some values in an item. */
export interface List<T> {
  readonly read: () => Promise<readonly T[]>;
  /** Stores what `next` makes of the list, and returns the list as it was. */
  readonly change: (next: (list: readonly T[]) => readonly T[]) => Promise<readonly T[]>;
}

/** Makes a list, of which `checkOne` returns a value as it would be written, or null where it is none. */
export function createList<T>(
  storage: AuthStorage | null | undefined,
  key: () => string,
  checkOne: (value: unknown) => T | null,
): List<T> {
  const item = createItem<{ readonly list: readonly T[] }>(
    storage,
    key,
    ({ list }) => ({ list: (list as unknown[]).flatMap((value) => checkOne(value) ?? []) }),
    ({ list: lost }) => void change((list) => [...lost, ...list]),
  );
  const change: List<T>["change"] = async (next) => {
    const before = await item.change((value) => {
      const list = next(value?.list ?? []);
      return list.length ? { list } : null;
    });
    return before?.list ?? [];
  };
  return { read: () => change((list) => list), change };
}
