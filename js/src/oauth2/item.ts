import { type Check, createStorageItem, type StorageItem } from "../storage.js";
import type { AuthStorage } from "../option-types.js";

/** Makes an item that the page's memory holds where the storage keeps nothing: there is none, or it throws. */
export function createItem<T extends object>(
  storage: AuthStorage | null | undefined,
  key: () => string,
  check: Check<T>,
): StorageItem<T> {
  const item = createStorageItem(storage, "sessionStorage", key, check);
  let memory: T | null = null;
  return {
    read: async () => (await item.read()) ?? memory,
    async writeItem(value) {
      memory = null;
      await item.writeItem(value);
      if (!(await item.read())) {
        memory = value;
      }
    },
    async erase() {
      memory = null;
      await item.erase();
    },
  };
}

/** Some values in an item. */
export interface List<T> {
  readonly read: () => Promise<readonly T[]>;
  /** Stores what `next` makes of the list, and returns the list as it was; one change after the other. */
  readonly change: (next: (list: readonly T[]) => readonly T[]) => Promise<readonly T[]>;
}

/** Makes a list, of which `checkOne` returns a value as it would be written, or null where it is none. */
export function createList<T>(
  storage: AuthStorage | null | undefined,
  key: () => string,
  checkOne: (value: unknown) => T | null,
): List<T> {
  const item = createItem<{ readonly list: readonly T[] }>(storage, key, ({ list }) => ({
    list: (list as unknown[]).flatMap((value) => checkOne(value) ?? []),
  }));
  const read = async (): Promise<readonly T[]> => (await item.read())?.list ?? [];
  let last: Promise<unknown> = Promise.resolve();
  return {
    read,
    change(next) {
      const done = last.then(async () => {
        const before = await read();
        const after = next(before);
        await (after.length ? item.writeItem({ list: after }) : item.erase());
        return before;
      });
      last = done.catch(() => {});
      return done;
    },
  };
}
