import type { Place } from "./storage.js";

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
  /** What is owed; null for nothing, as far as that is known. */
  readonly get: () => Debt | null;
  /** Asks the storage, where it must be, what an earlier page or another tab owes. */
  readonly load: () => Promise<void>;
  /** To be told that another tab may owe one now. */
  readonly doubt: () => void;
  readonly owe: (debt: Debt) => void;
  readonly settle: () => void;
}

export function createOwedLogout(kept: Place<Partial<Debt>>): OwedLogout {
  let owed: Debt | null | undefined; // undefined until it is known
  const unsure = (): boolean => owed === undefined;
  return {
    get: () => owed ?? null,
    async load() {
      if (unsure()) {
        const value = await kept.read();
        if (unsure()) {
          // No other call was told before.
          owed = value && { all: Boolean(value.all), user: value.user ?? null };
        }
      }
    },
    doubt() {
      owed ??= undefined;
    },
    owe(debt) {
      owed = debt;
      void kept.write(owed);
    },
    settle() {
      owed = null;
      void kept.remove();
    },
  };
}
