import type { Abort } from "../abort.js";
import type { Calls } from "../call/calls.js";
import * as results from "../call/results.js";
import { isRefused } from "../session/identity.js";
import { createSharedTask } from "../shared-task.js";
import { createList } from "./item.js";
import { clientTexts, type OAuth2Config } from "./options.js";
import { isToken, type Token } from "./token.js";

/** Tokens that are to be revoked at the server, and that nobody uses any more. */
export interface Revocations {
  readonly add: (token: Token) => Promise<unknown>;
  /** Revokes them, the last one first. Those that get no answer of the server's own stay. */
  readonly send: (abort: Abort) => Promise<void>;
  /** Does so without anybody who waits for it. */
  readonly startSending: () => void;
}

/** One of them, and since when, in milliseconds since 1970 by the page's clock. */
interface Revocation {
  readonly token: string;
  readonly time: number;
}

/** How long one is tried: traQ's tokens are good for no longer, as it comes. */
const longest = 365 * 24 * 3600 * 1000;

export function createRevocations(config: OAuth2Config, calls: Calls): Revocations {
  const operation = "logout";
  const list = createList<Revocation>(
    config.storage,
    calls.keyOf(operation, `revoke:${config.clientId}`),
    (value) => {
      const { token, time } = value as Revocation;
      return isToken(token) && typeof time === "number" ? { token, time } : null;
    },
  );
  const without = (token: string) => list.change((all) => all.filter((one) => one.token !== token));

  const sending = createSharedTask(async (abort) => {
    for (;;) {
      const [next] = await list.read();
      if (!next) {
        return;
      }
      const { token, time } = next;
      try {
        await calls.ask(operation, operation, abort, results.readNothing, {
          texts: [...clientTexts(config, operation), token],
        });
      } catch (error) {
        if ((isRefused(error) && !error.retryable) || Math.abs(Date.now() - time) > longest) {
          await without(token); // it would fail for ever
        }
        throw error;
      }
      await without(token);
    }
  });

  return {
    add: ({ access: token }) =>
      list.change((all) => [{ token, time: Date.now() }, ...all.filter((one) => one.token !== token)]),
    send: sending.join,
    startSending: () => void calls.limited(operation, undefined, sending.join).catch(() => {}),
  };
}
