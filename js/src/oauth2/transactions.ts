import type { Calls } from "../call/calls.js";
import { isReturn, longest } from "../redirect/redirect-transaction.js";
import type { Check } from "../storage.js";
import { createItem } from "./item.js";
import type { OAuth2Config } from "./options.js";

/** A login that is under way: what it takes to complete it. */
export interface Transaction {
  /** Tells the server's answer from a forged one (RFC 6749, section 10.12). */
  readonly state: string;
  /** RFC 7636's code_verifier. */
  readonly verifier: string;
  readonly returnTo: string | null;
  /** Milliseconds since 1970, by the page's clock. */
  readonly time: number;
}

/** The logins of a tab that are under way, each for ten minutes. */
export interface Transactions {
  readonly add: (transaction: Transaction) => Promise<unknown>;
  /** Removes the one with a state; returns it, and whichever else is under way. */
  readonly take: (
    state: string,
  ) => Promise<{ taken: Transaction | undefined; other: Transaction | undefined }>;
}

interface Stored {
  readonly logins: readonly Transaction[];
}

const isKey = (value: unknown): value is string => typeof value === "string" && /^[\w-]{43}$/.test(value);

const check =
  (mayReturn: (url: URL) => boolean): Check<Stored> =>
  ({ logins }) => ({
    logins: (logins as Transaction[]).flatMap(({ state, verifier, returnTo, time }) =>
      isKey(state) &&
      isKey(verifier) &&
      (returnTo === null || isReturn(returnTo, mayReturn)) &&
      typeof time === "number"
        ? { state, verifier, returnTo, time }
        : [],
    ),
  });

export function createTransactions(
  { storage, clientId }: OAuth2Config,
  calls: Calls,
  origins: () => string[],
): Transactions {
  const item = createItem(
    storage ?? undefined, // a login has to outlast the page, whatever becomes of the token
    calls.key("login", `login:${clientId}`),
    check(({ origin }) => origins().includes(origin)),
  );
  const read = async (): Promise<readonly Transaction[]> =>
    ((await item.read())?.logins ?? []).filter(({ time }) => Math.abs(Date.now() - time) <= longest);
  return {
    add: async (transaction) => item.write({ logins: [...(await read()), transaction] }),
    async take(state) {
      const logins = await read();
      const taken = logins.find((one) => one.state === state);
      const left = logins.filter((one) => one !== taken);
      await (left.length ? item.write({ logins: left }) : item.remove());
      return { taken, other: left[0] };
    },
  };
}
