import type { Storage } from "./storage.js";

/**
 * A logout that could not be sent. On a shared computer whoever pressed the
 * button must be able to rely on it: so it is kept, and sent before anything
 * else that needs the session. It is the one call that is sent again by itself.
 */
export interface OwedLogout {
  /** What is owed; null for nothing. */
  readonly get: () => { readonly all: boolean } | null;
  /** Asks the storage, once, what an earlier page owes. */
  readonly load: () => Promise<void>;
  readonly owe: (all: boolean) => void;
  readonly settle: () => void;
}

export function createOwedLogout(storage: Storage, key: () => string): OwedLogout {
  let owed: { readonly all: boolean } | null = null;
  let loaded = false;
  return {
    get: () => owed,
    async load() {
      if (!loaded) {
        const value = (await storage.read(key())) as { all?: unknown } | null;
        if (value && !loaded) {
          owed = { all: value.all === true };
        }
        loaded = true;
      }
    },
    owe(all) {
      loaded = true;
      owed = { all };
      void storage.write(key(), owed);
    },
    settle() {
      loaded = true;
      owed = null;
      void storage.remove(key());
    },
  };
}
