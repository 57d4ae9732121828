import type { Calls } from "../call/calls.js";
import { isReturn, longest } from "../redirect/redirect-transaction.js";
import { createList } from "./item.js";
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
  readonly takeTransaction: (
    state: string,
  ) => Promise<{ taken: Transaction | undefined; other: Transaction | undefined }>;
}

const isKey = (value: unknown): value is string => typeof value === "string" && /^[\w-]{43}$/.test(value);

export function createTransactions(
  { storage, clientId }: OAuth2Config,
  calls: Calls,
  origins: () => string[],
): Transactions {
  const list = createList<Transaction>(
    storage ?? undefined, // a login has to outlast the page, whatever becomes of the token
    calls.keyOf("login", `login:${clientId}`),
    (value) => {
      const { state, verifier, returnTo, time } = value as Transaction;
      return isKey(state) &&
        isKey(verifier) &&
        (returnTo === null || isReturn(returnTo, ({ origin }) => origins().includes(origin))) &&
        typeof time === "number"
        ? { state, verifier, returnTo, time }
        : null;
    },
  );
  const counts = ({ time }: Transaction): boolean => Math.abs(Date.now() - time) <= longest;
  return {
    add: (transaction) => list.change((logins) => [...logins.filter(counts), transaction]),
    async takeTransaction(state) {
      const isOther = (one: Transaction): boolean => one.state !== state && counts(one);
      const logins = await list.change((logins) => logins.filter(isOther));
      return {
        taken: logins.find((one) => one.state === state && counts(one)),
        other: logins.find(isOther),
      };
    },
  };
}
