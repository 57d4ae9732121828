import type { Abort } from "../abort.js";
import type { Calls } from "../call/calls.js";
import * as results from "../call/results.js";
import { type AuthError, isAuthError } from "../errors.js";
import { createSharedTask } from "../shared-task.js";
import type { Check } from "../storage.js";
import { createItem } from "./item.js";
import type { OAuth2Config } from "./options.js";
import { isToken, type Token } from "./token.js";

/** Tokens that are to be revoked at the server, and that nobody uses any more. */
export interface Revocations {
  readonly add: (token: Token) => Promise<unknown>;
  /** Revokes them; those that get no answer stay. */
  readonly send: (abort: Abort) => Promise<void>;
}

interface Stored {
  readonly tokens: readonly string[];
}

const check: Check<Stored> = ({ tokens }) => ({ tokens: (tokens as unknown[]).filter(isToken) });

export function createRevocations(config: OAuth2Config, calls: Calls): Revocations {
  const operation = "logout";
  const item = createItem(config.storage, calls.key(operation, `revoke:${config.clientId}`), check);
  const read = async (): Promise<readonly string[]> => (await item.read())?.tokens ?? [];
  const sending = createSharedTask(async (abort) => {
    for (;;) {
      const [token] = await read();
      if (token === undefined) {
        return;
      }
      const texts = [config.clientId, config.redirectURI(operation).text, config.scope, token];
      let failed: AuthError | undefined;
      try {
        await calls.ask(operation, operation, abort, results.readNothing, { texts });
      } catch (error) {
        if (!isAuthError(error) || error.retryable || error.code === "runtime_crashed") {
          throw error;
        }
        failed = error; // it would fail for ever
      }
      const left = (await read()).filter((one) => one !== token);
      await (left.length ? item.write({ tokens: left }) : item.remove());
      if (failed) {
        throw failed;
      }
    }
  });
  return {
    add: async ({ access }) => item.write({ tokens: [...(await read()), access] }),
    send: (abort) => sending.join(abort),
  };
}
