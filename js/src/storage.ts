import { scope } from "./options.js";
import type { AuthStorage } from "./option-types.js";

/** One JSON value in a storage. */
export interface StorageItem<T> {
  /** What was written, or null: where there is none, where it is not what is written here. Where the storage throws, what was there last. */
  readonly read: () => Promise<T | null>;
  readonly writeItem: (value: T) => Promise<unknown>;
  readonly erase: () => Promise<unknown>;
}

/** Reads a value's members; returns it as it would be written, or null where it is none. */
export type Check<T> = (members: Readonly<Record<string, unknown>>) => T | null;

// What is under way on each item. A storage may take its time, and clients may share one.
const queues = new WeakMap<object, Map<string, Promise<unknown>>>();

/**
 * Makes an item of the storage that the caller gave, or else of one of the
 * page's, which it may have none of, or not be let at. A storage that fails is
 * as good as none. That there is no key rejects.
 *
 * Reads and writes of an item run one after the other, in the order of the
 * calls. Any script of the origin can write there, so what is read counts only
 * where it is, to the letter, what would be written; anything else is removed.
 */
export function createStorageItem<T extends object>(
  given: AuthStorage | null | undefined,
  otherwise: "sessionStorage" | "localStorage",
  key: () => string,
  check: Check<T>,
): StorageItem<T> {
  let last: T | null = null; // as it was read or written

  async function use<R>(task: (storage: AuthStorage, name: string) => Promise<R> | R): Promise<R | null> {
    const name = key();
    try {
      // Node has storages too, which all that it serves would share.
      const storage = given === undefined ? scope.location && scope[otherwise] : given;
      if (!storage) {
        return null;
      }
      const items = queues.get(storage) ?? new Map<string, Promise<unknown>>();
      queues.set(storage, items);
      const done = (items.get(name) ?? Promise.resolve()).then(() => task(storage, name)).catch(() => null);
      items.set(name, done);
      return await done;
    } catch {
      return null;
    }
  }
  return {
    read: () =>
      use(async (storage, name) => {
        let text: unknown;
        try {
          text = await storage.getItem(name);
        } catch {
          return last;
        }
        last = null;
        if (typeof text !== "string") {
          return last;
        }
        try {
          // Own members alone: what a prototype was given was not written here.
          const value = check(Object.assign({ __proto__: null }, JSON.parse(text) as object));
          if (value && JSON.stringify(value) === text) {
            return (last = value);
          }
        } catch {}
        await storage.removeItem(name);
        return last;
      }),
    writeItem: (value) =>
      use(async (storage, name) => {
        await storage.setItem(name, JSON.stringify(value));
        last = value;
      }),
    erase: () =>
      use((storage, name) => {
        last = null;
        return storage.removeItem(name);
      }),
  };
}
