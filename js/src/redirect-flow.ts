import type { Calls } from "./calls.js";
import { forgetDeparture, keepDeparture, readDeparture } from "./redirect-transaction.js";
import { AuthError } from "./errors.js";
import { navigation } from "./navigation.js";
import { type Config, pageURL, reading, scope, text } from "./options.js";
import * as results from "./results.js";
import type { Signing } from "./transition.js";
import { signedIn } from "./state.js";
import type { Place } from "./storage.js";
import type { Tabs } from "./tabs.js";
import { targetTexts } from "./target.js";
import type { Abort } from "./transport.js";
import type { CallOptions, LeaveOptions, RedirectOutcome } from "./types.js";
import { ifNobody, type Who } from "./identity.js";

/** Going out to a provider, and coming back. */
export interface Leaving {
  readonly leave: (
    operation: "linkAccount" | "loginWith",
    provider: string,
    options: LeaveOptions | undefined,
  ) => Promise<{ url: string }>;
  readonly complete: (options: CallOptions | undefined) => Promise<RedirectOutcome | null>;
}

export function createLeaving(
  config: Config,
  calls: Calls,
  who: Who,
  { first }: Signing,
  place: Place<unknown>,
  tabs: Tabs,
): Leaving {
  let completing: Promise<RedirectOutcome | null> | undefined;

  async function complete(options: CallOptions | undefined): Promise<RedirectOutcome | null> {
    const operation = "completeRedirect";
    return calls.limited(operation, options, async (abort) => {
      const departure = await readDeparture(place, mayReturn);
      if (!departure) {
        return null;
      }
      const { kind, provider, returnTo } = departure;
      let outcome: RedirectOutcome["outcome"] = "unchanged";
      // Where either fails, the departure waits for the next try.
      if (kind === "login") {
        const user = await who.look(operation, abort, first).catch(ifNobody);
        if (user) {
          outcome = "signed-in";
          tabs.tell(signedIn(user));
        }
      } else {
        const accounts = await who
          .ask("listAccounts", operation, abort, results.readAccounts, { first })
          .catch(ifNobody);
        if (accounts?.some(({ providerName }) => providerName === provider)) {
          outcome = "linked";
          tabs.tell("accounts");
        }
      }
      await forgetDeparture(place, departure);
      return { kind, provider, outcome, returnTo };
    });
  }

  /** Where a page may return to, beside baseURL's origin. */
  const origins = (): string[] =>
    scope.origin === undefined ? [...config.redirectOrigins] : [...config.redirectOrigins, scope.origin];

  const mayReturn = (returnTo: string | null): boolean => {
    try {
      const { base } = calls.addresses("completeRedirect");
      return (
        returnTo === null ||
        [base, ...origins()].some((url) => new URL(url).origin === new URL(returnTo).origin)
      );
    } catch {
      return false; // it is no address
    }
  };

  /** The provider's entrance is a page of the server's: who is signed in would end at its error. */
  async function refuseSignedIn(abort: Abort): Promise<void> {
    if (await who.look("loginWith", abort).catch(ifNobody)) {
      throw new AuthError("loginWith", "already_logged_in", "somebody is signed in; log out first");
    }
  }

  return {
    async leave(operation, provider, options) {
      const { go, name, target } = reading(operation, () => ({
        go: navigation(operation, options?.navigate, config),
        name: text(operation, "provider", provider),
        target: targetTexts(operation, "returnTo", options?.returnTo, pageURL(), origins()),
      }));
      const link = await calls.limited(operation, options, async (abort) => {
        const link = await who.ask(operation, operation, abort, results.readURL, {
          texts: [name, ...target],
          first,
        });
        if (operation === "loginWith" && config.accessToken === undefined) {
          await refuseSignedIn(abort);
        }
        await keepDeparture(place, {
          kind: operation === "linkAccount" ? "link" : "login",
          provider: name,
          returnTo: target[1],
        });
        return link;
      });
      go?.(new URL(link.url));
      return link;
    },

    // Who asks again meanwhile, as React's strict mode does, is told the same.
    complete(options) {
      const own = (): Promise<RedirectOutcome | null> =>
        (completing ??= complete(options).finally(() => (completing = undefined)));
      const other = completing;
      return other ? calls.limited("completeRedirect", options, () => other.catch(own)) : own();
    },
  };
}
