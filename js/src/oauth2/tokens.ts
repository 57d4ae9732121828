import type { Abort } from "../abort.js";
import type { Calls } from "../call/calls.js";
import { AuthError, hasCode, isAuthError } from "../errors.js";
import { inTheNameOf } from "../session/identity.js";
import type { StorageItem } from "../storage.js";
import type { Operation } from "../types.js";
import { withLock } from "./lock.js";
import { clientTexts, type OAuth2Config } from "./options.js";
import type { Revocations } from "./revocations.js";
import { isDue, readToken, type Token } from "./token.js";

/** The token, and its renewal. */
export interface Tokens extends StorageItem<Token> {
  /** Returns the token, renewed where that is due. Where there is none, it rejects with `not_authenticated`. */
  readonly current: (operation: Operation, abort: Abort) => Promise<Token>;
  /**
   * Returns a token in the place of one that the server refuses. Where there is none to
   * be had, nobody is signed in any more: it rejects with `not_authenticated`.
   */
  readonly replaceToken: (operation: Operation, refused: Token, why: unknown, abort: Abort) => Promise<Token>;
}

/** Milliseconds between two looks for what another tab has stored: engines pass it on as late as that. */
const pause = 200;

export const signedOutError = (operation: Operation, cause?: unknown): AuthError => {
  const { status = null, serverMessage = null, requestId = null } = isAuthError(cause) ? cause : {};
  const details = { status, serverMessage, requestId, cause };
  return new AuthError(operation, "not_authenticated", "nobody is signed in; log in", details);
};

// eslint-disable-next-line max-lines-per-function -- its closures are the methods of one part, each of them short
export function createTokens(
  config: OAuth2Config,
  calls: Calls,
  item: StorageItem<Token>,
  isShared: boolean,
  revocations: Revocations,
  signedOut: () => void,
): Tokens {
  const operation = "getAccessToken";

  /** Forgets a token that is worth nothing any more. */
  async function end(cause: unknown): Promise<never> {
    await item.erase();
    signedOut();
    throw signedOutError(operation, cause);
  }

  /** What is there in the place of a token, once another tab has stored it. */
  async function successor({ access }: Token, tries: number): Promise<Token | undefined> {
    for (let i = 0; ; i++) {
      const there = await item.read();
      if (!there) {
        throw signedOutError(operation);
      }
      if (there.access !== access) {
        return there;
      }
      if (i >= tries) {
        return undefined;
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  /** Renews a token; `before` and `after` are how many looks what another tab has stored is worth. */
  async function renew(
    old: Token,
    why: unknown,
    before: number,
    after: number,
    abort: Abort,
  ): Promise<Token> {
    // Another tab may have come first.
    const there = await successor(old, before);
    if (there) {
      return there;
    }
    if (old.refresh === null) {
      return end(why);
    }
    const read = readToken(Date.now(), old.login);
    const texts = [...clientTexts({ ...config, scope: old.scope }, operation), old.refresh];
    let token: Token;
    try {
      token = await calls.ask(operation, operation, abort, read, { texts });
    } catch (error) {
      if (!hasCode(error, "invalid_grant")) {
        throw error; // which says nothing of who is signed in
      }
      // One that came first may not have stored yet what it was given.
      return (await successor(old, after)) ?? end(error);
    }
    if ((await item.read())?.access !== old.access) {
      await revocations.add(token); // somebody has signed out meanwhile
      throw signedOutError(operation);
    }
    await item.writeItem(token);
    return token;
  }

  let renewing: Promise<Token> | undefined;

  // Not aborted with who waits for it: the server ends the old token in any case.
  const renewed = (old: Token, why: unknown, abort: Abort): Promise<Token> =>
    Promise.race([
      abort.aborted,
      (renewing ??= calls
        .limited(operation, undefined, (abort) => {
          const name = calls.keyOf(operation, `token:${config.clientId}`)();
          return isShared
            ? withLock(name, abort.signal, (alone, waited) =>
                renew(old, why, waited ? 2 : 0, alone ? 2 : 10, abort),
              )
            : renew(old, why, 0, 0, abort);
        })
        .finally(() => (renewing = undefined))),
    ]);

  return {
    ...item,
    async current(operation, abort) {
      const token = await item.read();
      if (!token) {
        throw signedOutError(operation);
      }
      return token.refresh !== null && isDue(token)
        ? renewed(token, undefined, abort).catch(inTheNameOf(operation))
        : token;
    },
    replaceToken: (operation, refused, why, abort) =>
      renewed(refused, why, abort).catch(inTheNameOf(operation)),
  };
}
