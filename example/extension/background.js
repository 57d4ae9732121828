// The extension's own script: it holds the client, and answers the popup, which
// is gone as soon as anything else has the focus.

import { browser } from "./browser.js";
import { kept } from "./kept.js";
import { conclude, leave, watchTabs } from "./linking.js";
import { server } from "./server.js";
import { createAuthClient } from "./traq-auth/index.js";
import { describe } from "./traq-auth/messages.js";
import { language } from "./words.js";

const auth = createAuthClient({
  baseURL: `${server}/api/v3`,
  storage: kept(browser.storage.local), // a pending logout outlasts the browser
  navigate: leave,
});

watchTabs(auth);

/**
 * What the popup may ask for. What a message carries is JSON, so times are
 * numbers.
 *
 * @satisfies {Record<string, (...args: never[]) => Promise<unknown>>}
 */
const answers = {
  async state() {
    await auth.refresh();
    await conclude(auth);
    return auth.getSnapshot();
  },

  /** @param {{ name: string; password: string }} credentials */
  signIn: (credentials) => auth.login(credentials),

  providers: () => auth.listProviders(),

  /** @param {string} provider */
  signInWith: (provider) => auth.loginWith(provider),

  /** @param {boolean} all */
  signOut: (all) => auth.logout({ all }),

  sessions: async () =>
    (await auth.listSessions()).map(({ id, issuedAt }) => ({ id, issuedAt: issuedAt.getTime() })),

  /** @param {string} id */
  endSession: (id) => auth.revokeSession(id),

  async accounts() {
    const [accounts, providers] = await Promise.all([auth.listAccounts(), auth.listProviders()]);
    const linked = new Map(accounts.map(({ providerName, externalName }) => [providerName, externalName]));
    return [...new Set([...linked.keys(), ...providers])].map((provider) => ({
      provider,
      externalName: linked.get(provider) ?? null,
    }));
  },

  /** @param {string} provider */
  link: (provider) => auth.linkAccount(provider),

  /** @param {string} provider */
  unlink: (provider) => auth.unlinkAccount(provider),
};

/** @typedef {typeof answers} Answers */

/** @param {unknown} message */
async function answer(message) {
  try {
    const { ask, args } = /** @type {{ ask: keyof Answers; args: never[] }} */ (message);
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
