import type { Check, StorageItem } from "../storage.js";
import type { RedirectOutcome } from "../types.js";

/** How long one may be away, in milliseconds. */
export const longest = 600_000;

/**
 * What was asked for when a page left for a provider. traQ leads back to "/"
 * whatever became of it, and tells nothing in the address; so what was asked
 * waits in storage.
 */
export interface RedirectTransaction {
  readonly kind: RedirectOutcome["kind"];
  readonly provider: string;
  readonly returnTo: string | null;
  /** Tells it from another tab's, where they share a storage. */
  readonly nonce: number;
  /** Milliseconds since 1970, by the page's clock. */
  readonly time: number;
}

/** Makes a transaction that begins now. */
export const createTransaction = (
  kind: RedirectTransaction["kind"],
  provider: string,
  returnTo: string | null,
): RedirectTransaction => {
  const nonce = Math.random(); // a number by chance the same would harm nobody
  return { kind, provider, returnTo, nonce, time: Date.now() };
};

/** Makes what checks a stored transaction, which counts for ten minutes; `mayReturn` checks an absolute address. */
export const transactionCheck =
  (mayReturn: (url: URL) => boolean): Check<RedirectTransaction> =>
  ({ kind, provider, returnTo, nonce, time }) =>
    (kind === "link" || kind === "login") &&
    typeof provider === "string" &&
    !/^\.{0,2}$/.test(provider) && // which no call takes for a name
    (returnTo === null || (typeof returnTo === "string" && isReturn(returnTo, mayReturn))) &&
    typeof nonce === "number" &&
    typeof time === "number" &&
    Math.abs(Date.now() - time) <= longest
      ? { kind, provider, returnTo, nonce, time }
      : null;

/** Whether an address is one that was checked before it was stored. */
export function isReturn(address: string, mayReturn: (url: URL) => boolean): boolean {
  const url = new URL(address);
  return (
    url.href === address && /^https?:$/.test(url.protocol) && !url.username && !url.password && mayReturn(url)
  );
}

/** Removes a transaction, but not one that has taken its place. */
export async function removeTransaction(
  item: StorageItem<RedirectTransaction>,
  { nonce }: RedirectTransaction,
): Promise<void> {
  if ((await item.read())?.nonce === nonce) {
    await item.erase();
  }
}
