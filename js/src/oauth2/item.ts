import { type Check, createStorageItem, type StorageItem } from "../storage.js";
import type { AuthStorage } from "../types.js";

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
    async write(value) {
      memory = null;
      await item.write(value);
      if (!(await item.read())) {
        memory = value;
      }
    },
    async remove() {
      memory = null;
      await item.remove();
    },
  };
}
