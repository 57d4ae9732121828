// With host permission for the server: signed in by its cookie, as a page of its own is.

import { browser } from "./browser.js";
import { kept } from "./kept.js";
import { conclude, leave, watchTabs } from "./linking.js";
import { server } from "./settings.js";
import { createAuthClient } from "./traq-auth/index.js";

export function byCookie() {
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
      (await auth.listSessions()).map(({ id, issuedAt, current }) => ({
        id,
        issuedAt: issuedAt.getTime(),
        current: current === true,
      })),

    /** @param {string} id */
    endSession: (id) => auth.revokeSession(id),

    /** Ends all but this one; says how many could not be ended. */
    endOthers: async () => (await auth.revokeOtherSessions()).failed.length,

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
  return { answers, auth };
}
