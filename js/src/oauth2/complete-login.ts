import type { Abort } from "../abort.js";
import type { Calls } from "../call/calls.js";
import { AuthError } from "../errors.js";
import { hrefOf, must, pageURL, parse, reading } from "../options.js";
import { createSharedTask, type SharedTask } from "../shared-task.js";
import { clientTexts, type OAuth2Config } from "./options.js";
import { readToken, type Token } from "./token.js";
import type { Transactions } from "./transactions.js";
import type { OAuth2Client } from "./types.js";

const operation = "completeLogin";

type Outcome = Awaited<ReturnType<OAuth2Client["completeLogin"]>>;

/** Makes `completeLogin`: from the server's answer in an address to a token. */
export function createCompleteLogin(
  config: OAuth2Config,
  calls: Calls,
  transactions: Transactions,
  current: () => Promise<Token | null>,
  adopt: (token: () => Promise<Token>, abort: Abort) => Promise<void>,
): OAuth2Client["completeLogin"] {
  /** Of the answer that the page's address had. */
  let completing: SharedTask<Outcome> | undefined;

  async function complete(answer: readonly string[], state: string, abort: Abort): Promise<Outcome> {
    // Gone before the code is sent: an answer counts once.
    const { taken, other } = await transactions.takeTransaction(state);
    if (!taken && state && (await current())?.login === state) {
      return null;
    }
    const { state: sent = null, verifier = null } = taken ?? other ?? {};
    await adopt(
      () =>
        calls.ask(operation, operation, abort, readToken(Date.now(), state), {
          texts: [...clientTexts(config, operation), sent, verifier, ...answer],
        }),
      abort,
    );
    return { returnTo: taken?.returnTo ?? null };
  }

  return async (given, options) => {
    const href = given === undefined ? pageURL() : reading(operation, () => hrefOf(given));
    if (given === undefined && href === undefined) {
      throw new AuthError(operation, "browser_required", "there is no page here; call with the address");
    }
    must(href !== undefined, operation, "url", "a string or a URL");
    const url = parse(operation, "url", href);
    const query = url.searchParams;
    const { url: redirect } = config.redirectURI(operation);
    const state = query.get("state") ?? "";
    if (
      url.origin !== redirect.origin ||
      url.pathname !== redirect.pathname ||
      !(query.get("code") || query.get("error"))
    ) {
      // React's strict mode calls twice, and would miss what the first call is told.
      const task = given === undefined && completing;
      return task ? calls.limited(operation, options, task.join) : null;
    }
    const answer = [...query].flat(); // before it is cleaned
    const task = createSharedTask((abort) => complete(answer, state, abort));
    if (href === pageURL()) {
      clean(url);
      completing = task;
    }
    return calls.limited(operation, options, task.join).finally(() => {
      if (completing === task) {
        completing = undefined;
      }
    });
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
