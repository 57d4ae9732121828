import type { Place } from "./storage.js";
import type { RedirectOutcome } from "./types.js";

/** How long one may be away, in milliseconds. */
const longest = 600_000;

/**
 * What was asked for when a page left for a provider. traQ leads back to "/"
 * whatever became of it, and tells nothing in the address; so what was asked
 * waits in storage.
 */
export interface Departure {
  readonly kind: RedirectOutcome["kind"];
  readonly provider: string;
  readonly returnTo: string | null;
}

/** A departure as it is kept. */
interface Kept extends Departure {
  /** Tells it from another tab's, where they share a storage. */
  readonly nonce: number;
  /** Milliseconds since 1970, by the page's clock. */
  readonly time: number;
}

export async function keepDeparture(place: Place<unknown>, departure: Departure): Promise<void> {
  const nonce = Math.random(); // a number by chance the same would harm nobody
  const kept: Kept = { ...departure, nonce, time: Date.now() };
  await place.write(kept);
}

/** Gives a departure, unless there is none, it is too long ago, or it is not one of ours. */
export async function readDeparture(
  place: Place<unknown>,
  mayReturn: (returnTo: string | null) => boolean,
): Promise<Kept | null> {
  const value = await place.read();
  if (value === null) {
    return null;
  }
  // Own members alone: what a prototype was given is nobody's departure.
  const { kind, provider, returnTo, nonce, time } = Object.assign(
    Object.create(null) as Record<string, unknown>,
    value,
  );
  if (
    (kind === "link" || kind === "login") &&
    typeof provider === "string" &&
    (returnTo === null || typeof returnTo === "string") &&
    mayReturn(returnTo) &&
    typeof nonce === "number" &&
    typeof time === "number" &&
    Math.abs(Date.now() - time) <= longest
  ) {
    return { kind, provider, returnTo, nonce, time };
  }
  await place.remove();
  return null;
}

/** Forgets a departure, but not one that has taken its place. */
export async function forgetDeparture(place: Place<unknown>, departure: Kept): Promise<void> {
  const kept = (await place.read()) as Partial<Kept> | null;
  if (kept?.nonce === departure.nonce) {
    await place.remove();
  }
}
