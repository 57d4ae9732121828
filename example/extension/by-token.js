// Without host permission: signed in by OAuth2, in a window that the browser opens
// and whose end it tells (https://developer.chrome.com/docs/extensions/reference/api/identity).

import { browser } from "./browser.js";
import { kept } from "./kept.js";
import { concluded, keepOutcome } from "./outcome.js";
import { clientId, server } from "./settings.js";
import { describe } from "./traq-auth/messages.js";
import { createOAuth2Client, isAuthError } from "./traq-auth/oauth2.js";
import { language, words } from "./words.js";

export function byToken() {
  const auth = createOAuth2Client({
    baseURL: `${server}/api/v3`,
    clientId,
    redirectURI: browser.identity.getRedirectURL(),
    storage: kept(browser.storage.local), // signed in until one signs out
  });

  /**
   * Has the person consent, and completes the login.
   *
   * @param {string} url
   */
  async function complete(url) {
    let problem = "";
    // Firefox ends a background that calls nothing for half a minute; a person may take longer.
    const awake = setInterval(() => void browser.storage.session.get(""), 10_000);
    try {
      await auth.completeLogin(await browser.identity.launchWebAuthFlow({ url, interactive: true }));
    } catch (error) {
      // What is no client's error is the browser's: the window was closed.
      problem = isAuthError(error) ? describe(error, language) : words.notSignedIn;
    } finally {
      clearInterval(awake);
    }
    await keepOutcome({ done: problem ? "" : words.signedIn, problem });
    await concluded();
  }

  /**
   * What the popup may ask for. The server lets a token ask who its user is, and
   * nothing that is about sessions or accounts.
   *
   * @satisfies {Record<string, (...args: never[]) => Promise<unknown>>}
   */
  const answers = {
    state: () => auth.refresh(),

    async consent() {
      const { url } = await auth.login({ navigate: false });
      void complete(url); // the popup is gone as soon as the window has the focus
    },

    signOut: () => auth.logout(),
  };
  return { answers, auth };
}
