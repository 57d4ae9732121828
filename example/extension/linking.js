// A link, or a login with an account from elsewhere, leads through a tab: the
// provider's page, and the server's when the provider is done. The browser tells
// the addresses of the server's pages, for which there is host permission, so
// nothing is asked for to see the tab.

import { browser } from "./browser.js";
import { kept } from "./kept.js";
import { concluded, keepOutcome } from "./outcome.js";
import { server } from "./settings.js";
import { words } from "./words.js";

/** @typedef {import("./traq-auth/index.js").AuthClient} AuthClient */

const session = kept(browser.storage.session);
const tabKey = "tab at a provider";

/** Settles when the tab that was opened last is noted. */
let noted = Promise.resolve();

/** @param {URL} url */
export function leave(url) {
  noted = browser.tabs
    .create({ url: url.href })
    .then(({ id }) => session.setItem(tabKey, String(id)))
    .then(undefined, () => undefined); // a tab that does not open is one that is closed
}

/**
 * Whether a page is where that ends: traQ goes to "/", or shows what is wrong
 * at the address that the provider leads back to.
 *
 * @param {string} address
 */
function isEnd(address) {
  const { origin, pathname } = new URL(address);
  return origin === server && (pathname === "/" || /^\/api\/auth\/[^/]+\/callback$/.test(pathname));
}

/**
 * Asks what became of it, unless its tab is at the provider still. What is
 * found waits for the popup.
 *
 * @param {AuthClient} auth
 */
export async function conclude(auth) {
  await noted;
  if ((await session.getItem(tabKey)) === null) {
    const outcome = await auth.completeRedirect();
    if (outcome) {
      const [done, unchanged] =
        outcome.kind === "link" ? [words.linked, words.unchanged] : [words.signedIn, words.notSignedIn];
      const problem = outcome.outcome === "unchanged" ? unchanged : "";
      await keepOutcome({ done: problem ? "" : done, problem });
    }
  }
}

/**
 * Concludes it as soon as its tab is back, or closed.
 *
 * @param {AuthClient} auth
 */
export function watchTabs(auth) {
  /** @param {number} id */
  async function settle(id) {
    await noted;
    if ((await session.getItem(tabKey)) === String(id)) {
      await session.removeItem(tabKey);
      await conclude(auth);
      await concluded();
    }
  }
  // Where the server cannot be asked, the next popup hears of it.
  const settled = (/** @type {number} */ id) => void settle(id).catch(() => undefined);
  browser.tabs.onUpdated.addListener((id, { url }) => {
    if (url !== undefined && isEnd(url)) {
      settled(id);
    }
  });
  browser.tabs.onRemoved.addListener(settled);
}
