import type { Storage } from "./storage.js";

export interface Debt {
  readonly all: boolean;
  /** The id of whose session it was, where that was known: another's is not ours to end. */
  readonly user: string | null;
}

/**
 * A logout that could not be sent. On a shared computer whoever pressed the
 * button must be able to rely on it: so it is kept, and sent before anything
 * else that needs the session. It is the one call that is sent again by itself.
 */
export interface OwedLogout {
  /** What is owed; null for nothing. */
  readonly get: () => Debt | null;
  /** Asks the storage, once, what an earlier page owes. */
  readonly load: () => Promise<void>;
  readonly owe: (debt: Debt) => void;
  readonly settle: () => void;
}

export function createOwedLogout(storage: Storage, key: () => string): OwedLogout {
  let owed: Debt | null | undefined; // undefined until it is known
  return {
    get: () => owed ?? null,
    async load() {
      if (owed === undefined) {
        const value = (await storage.read(key())) as Partial<Debt> | null;
        // Another call may have come before.
        owed ??= value && { all: Boolean(value.all), user: value.user ?? null };
      }
    },
    owe(debt) {
      owed = debt;
      void storage.write(key(), owed);
    },
    settle() {
      owed = null;
      void storage.remove(key());
    },
  };
}
