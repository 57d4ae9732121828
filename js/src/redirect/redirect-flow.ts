import type { Calls } from "../call/calls.js";
import { given } from "../given.js";
import { AuthError } from "../errors.js";
import { ifNobody, type Identity } from "../session/identity.js";
import { navigation } from "./navigation.js";
import { type Config, pageOrigin, pageURL, reading, text } from "../options.js";
import {
  createTransaction,
  type RedirectTransaction,
  removeTransaction,
  transactionCheck,
} from "./redirect-transaction.js";
import * as results from "../call/results.js";
import { createSharedTask } from "../shared-task.js";
import { signedIn, Source, type State } from "../session/state.js";
import { createStorageItem } from "../storage.js";
import type { Channel } from "../session/channel.js";
import { targetTexts } from "../call/target.js";
import type { Abort } from "../abort.js";
import type { AuthClient } from "../client-types.js";
import type { LeaveOptions } from "../option-types.js";
import type { RedirectOutcome, User } from "../types.js";

/** Going out to a provider, and coming back. */
export type RedirectFlow = Pick<AuthClient, "linkAccount" | "loginWith" | "completeRedirect">;

// eslint-disable-next-line max-lines-per-function -- its closures are the methods of one part, each of them short
export function createRedirectFlow(
  config: Config,
  calls: Calls,
  state: State,
  identity: Identity,
  tabs: Channel,
): RedirectFlow {
  /** Where a page may return to, beside baseURL's origin. */
  const origins = (): string[] => config.redirectOrigins.concat(pageOrigin() ?? []);

  const item = createStorageItem<RedirectTransaction>(
    config.storage,
    "sessionStorage",
    calls.keyOf("completeRedirect", "redirect"),
    transactionCheck(({ origin }) =>
      [new URL(calls.addresses("completeRedirect").base).origin, ...origins()].includes(origin),
    ),
  );

  async function complete(abort: Abort): Promise<RedirectOutcome | null> {
    const operation = "completeRedirect";
    const transaction = await item.read();
    if (!transaction) {
      return null;
    }
    const { kind, provider, returnTo } = transaction;
    let outcome: RedirectOutcome["outcome"] = "unchanged";
    // Where either fails, the transaction waits for the next try.
    if (kind === "login") {
      let epoch: number;
      let user: User | undefined;
      do {
        epoch = identity.epoch();
        user = await identity.look(operation, abort).catch(ifNobody);
      } while (epoch !== identity.epoch());
      if (user) {
        outcome = "signed-in";
        // Beside a logout or a login under way it may be over by now: the other tabs hear of that one.
        state.set(signedIn(user), identity.underWay() ? Source.answer : Source.change);
      }
    } else {
      const accounts = await identity
        .ask("listAccounts", operation, abort, results.readAccounts)
        .catch(ifNobody);
      if (accounts?.some(({ providerName }) => providerName === provider)) {
        outcome = "linked";
        tabs.publish("accounts");
      }
    }
    await removeTransaction(item, transaction);
    return { kind, provider, outcome, returnTo };
  }

  // Who asks again meanwhile, as React's strict mode does, is told the same.
  const completing = createSharedTask(complete);

  /** The provider's entrance is a page of the server's: who is signed in would end at its error. */
  async function refuseSignedIn(abort: Abort): Promise<void> {
    if (await identity.look("loginWith", abort).catch(ifNobody)) {
      throw new AuthError("loginWith", "already_logged_in", "log out first");
    }
  }

  async function leave(
    operation: "linkAccount" | "loginWith",
    provider: string,
    options: LeaveOptions | undefined,
  ): Promise<{ url: string }> {
    const { go, name, target } = reading(operation, () => ({
      go: navigation(operation, given(options).navigate, config),
      name: text(operation, "provider", provider),
      target: targetTexts(operation, "returnTo", given(options).returnTo, pageURL(), origins()),
    }));
    const link = await calls.limited(operation, options, async (abort) => {
      const link = await identity.ask(operation, operation, abort, results.readURL, {
        texts: [name, ...target],
      });
      if (operation === "loginWith" && config.accessToken === undefined) {
        await refuseSignedIn(abort);
      }
      await item.writeItem(
        createTransaction(operation === "linkAccount" ? "link" : "login", name, target[1]),
      );
      return link;
    });
    go?.(new URL(link.url));
    return link;
  }

  return {
    linkAccount: (provider, options) => leave("linkAccount", provider, options),
    loginWith: (provider, options) => leave("loginWith", provider, options),
    completeRedirect: (options) => calls.limited("completeRedirect", options, completing.join),
  };
}
