// The extension's own script: it holds the client, and answers the popup, which
// is gone as soon as anything else has the focus.

import { browser } from "./browser.js";
import { byCookie } from "./by-cookie.js";
import { byToken } from "./by-token.js";
import { clientId } from "./settings.js";
import { describe } from "./traq-auth/messages.js";
import { language } from "./words.js";

const { answers, auth } = clientId ? byToken() : byCookie();

/** @param {unknown} message */
async function answer(message) {
  try {
    const { ask, args } = /** @type {{ ask: keyof typeof answers; args: never[] }} */ (message);
    if (!Object.hasOwn(answers, ask)) {
      throw new Error("there is no such answer"); // what every object has is none either
    }
    return { value: await /** @type {(...args: never[]) => unknown} */ (answers[ask])(...args) };
  } catch (error) {
    return { error: describe(error, language), status: auth.getSnapshot().status };
  }
}

browser.runtime.onMessage.addListener((message, _, reply) => {
  void answer(message).then(reply);
  return true; // the reply comes later
});
