import type { Abort } from "../abort.js";
import type { Calls } from "../call/calls.js";
import * as results from "../call/results.js";
import { type AuthError, isAuthError } from "../errors.js";
import { createSharedTask } from "../shared-task.js";
import { createList } from "./item.js";
import { clientTexts, type OAuth2Config } from "./options.js";
import { isToken, type Token } from "./token.js";

/** Tokens that are to be revoked at the server, and that nobody uses any more. */
export interface Revocations {
  readonly add: (token: Token) => Promise<unknown>;
  /** Revokes them; those that get no answer stay. */
  readonly send: (abort: Abort) => Promise<void>;
}

export function createRevocations(config: OAuth2Config, calls: Calls): Revocations {
  const operation = "logout";
  const list = createList(config.storage, calls.keyOf(operation, `revoke:${config.clientId}`), (value) =>
    isToken(value) ? value : null,
  );
  const sending = createSharedTask(async (abort) => {
    for (;;) {
      const [token] = await list.read();
      if (token === undefined) {
        return;
      }
      const texts = [...clientTexts(config, operation), token];
      let failed: AuthError | undefined;
      try {
        await calls.ask(operation, operation, abort, results.readNothing, { texts });
      } catch (error) {
        if (!isAuthError(error) || error.retryable || error.code === "runtime_crashed") {
          throw error;
        }
        failed = error; // it would fail for ever
      }
      await list.change((tokens) => tokens.filter((one) => one !== token));
      if (failed) {
        throw failed;
      }
    }
  });
  return {
    add: ({ access }) => list.change((tokens) => [...tokens, access]),
    send: (abort) => sending.join(abort),
  };
}
