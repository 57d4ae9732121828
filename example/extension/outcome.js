// What became of something that led away from the popup: it waits for the next
// one, and the extension's badge tells that it does.

import { browser } from "./browser.js";
import { kept } from "./kept.js";

/**
 * In words: what was done, or what went wrong; the other is "".
 *
 * @typedef {{ done: string; problem: string }} Outcome
 */

const session = kept(browser.storage.session);
const key = "outcome to tell";

/** @param {Outcome} outcome */
export async function keepOutcome(outcome) {
  await session.setItem(key, JSON.stringify(outcome));
  await browser.action.setBadgeText({ text: outcome.problem ? "!" : "✓" });
}

/**
 * Returns what became of it, once.
 *
 * @returns {Promise<Outcome | null>}
 */
export async function takeOutcome() {
  const text = await session.getItem(key);
  await session.removeItem(key);
  await browser.action.setBadgeText({ text: "" });
  /** @type {unknown} */
  const outcome = JSON.parse(text ?? "null");
  return /** @type {Outcome | null} */ (outcome);
}

/** Has an open popup show it; where none is open, the next one does. */
export async function concluded() {
  await browser.runtime.sendMessage("concluded").catch(() => undefined);
}
