import { scope } from "./options.js";
import type { AuthStorage } from "./types.js";

/** JSON values by key. */
export interface Storage {
  /** The value, or null: where there is none, where it is no JSON, where the storage throws. */
  readonly read: (key: string) => Promise<unknown>;
  readonly write: (key: string, value: unknown) => Promise<void>;
  readonly remove: (key: string) => Promise<void>;
}

/**
 * Keeps values where the caller says, or in sessionStorage, which a page may
 * have none of, or not be let at. A storage that fails is as good as none.
 */
export function createStorage(given: AuthStorage | null | undefined): Storage {
  const attempt = async <T>(use: (storage: AuthStorage) => T): Promise<Awaited<T> | null> => {
    try {
      const storage = given === undefined ? scope.sessionStorage : given;
      return storage ? await use(storage) : null;
    } catch {
      return null;
    }
  };
  return {
    read: (key) =>
      attempt(async (storage) => {
        const text: unknown = await storage.getItem(key);
        return typeof text === "string" ? (JSON.parse(text) as unknown) : null;
      }),
    write: async (key, value) => {
      await attempt((storage) => storage.setItem(key, JSON.stringify(value)));
    },
    remove: async (key) => {
      await attempt((storage) => storage.removeItem(key));
    },
  };
}
