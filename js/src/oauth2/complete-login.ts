import type { Abort } from "../abort.js";
import type { Calls } from "../call/calls.js";
import { AuthError, isAuthError } from "../errors.js";
import { hrefOf, must, pageURL, parse, reading } from "../options.js";
import type { CallOptions } from "../option-types.js";
import { createSharedTask } from "../shared-task.js";
import { clientTexts, type OAuth2Config } from "./options.js";
import { readToken, type Token } from "./token.js";
import type { Transactions } from "./transactions.js";
import type { OAuth2Client } from "./types.js";

const operation = "completeLogin";

type Outcome = Awaited<ReturnType<OAuth2Client["completeLogin"]>>;

/** Makes `completeLogin`: from the server's answer in an address to a token. */
// eslint-disable-next-line max-lines-per-function -- its closures are the methods of one part, each of them short
export function createCompleteLogin(
  config: OAuth2Config,
  calls: Calls,
  transactions: Transactions,
  current: () => Promise<Token | null>,
  adopt: (ask: () => Promise<Token | null>, abort: Abort) => Promise<void>,
): OAuth2Client["completeLogin"] {
  type Complete = (options: CallOptions | undefined) => Promise<Outcome>;
  /** By the state: what is under way, or could not begin. */
  const completing = new Map<string | undefined, Complete>();
  /** Of the answer that the page's address had. */
  let pageState: string | undefined;

  function completion(answer: readonly string[], state: string): Complete {
    let isUsed = false as boolean; // changed by what is shared
    const task = createSharedTask(async (abort) => {
      let outcome = null as Outcome;
      try {
        await adopt(async () => {
          await calls.ready(abort); // else the answer counts the next time
          isUsed = true; // gone before the code is sent: an answer counts once
          const { taken, other } = await transactions.takeTransaction(state);
          if (!taken && state && (await current())?.login === state) {
            return null;
          }
          const { state: sent = null, verifier = null } = taken ?? other ?? {};
          outcome = { returnTo: taken?.returnTo ?? null };
          return calls.ask(operation, operation, abort, readToken(Date.now(), state), {
            texts: [...clientTexts(config, operation), sent, verifier, ...answer],
          });
        }, abort);
        return outcome;
      } finally {
        if (isUsed) {
          completing.delete(state);
        }
      }
    });
    return (options) =>
      calls.limited(operation, options, task.join).catch((error: unknown) => {
        throw isUsed && isAuthError(error) ? Object.assign(error, { retryable: false }) : error;
      });
  }

  return async (given, options) => {
    const href = given === undefined ? pageURL() : reading(operation, () => hrefOf(given));
    if (given === undefined && href === undefined) {
      throw new AuthError(operation, "browser_required", "there is no page here; call with the address");
    }
    must(href !== undefined, operation, "url", "a string or a URL");
    // With a base, of which there is no more to say: the error of an address without one quotes it, with the code.
    const url = parse(operation, "url", href, pageURL() ?? "about:");
    const query = url.searchParams;
    const { url: redirect } = config.redirectURI(operation);
    const state = query.get("state") ?? "";
    if (
      url.origin !== redirect.origin ||
      url.pathname !== redirect.pathname ||
      !(query.get("code") || query.get("error"))
    ) {
      // React's strict mode calls twice, and would miss what the first call is told.
      return (given === undefined && completing.get(pageState)?.(options)) || null;
    }
    const complete = completing.get(state) ?? completion([...query].flat(), state); // before it is cleaned
    completing.set(state, complete);
    if (url.href === pageURL()) {
      clean(url);
      pageState = state;
    }
    return complete(options);
  };
}

/** Takes the answer out of the page's address, so that no Referer and no history has it. */
function clean(url: URL): void {
  for (const name of ["code", "state", "error", "error_description", "error_uri", "iss"]) {
    url.searchParams.delete(name);
  }
  try {
    history.replaceState(history.state, "", url);
  } catch {} // a worker has none, and a browser refuses too many
}
