import type { Abort } from "../abort.js";
import type { Calls } from "../call/calls.js";
import { AuthError, hasCode, isAuthError } from "../errors.js";
import { inTheNameOf } from "../session/identity.js";
import { createSharedTask } from "../shared-task.js";
import type { Operation } from "../types.js";
import { createItem } from "./item.js";
import { withLock } from "./lock.js";
import { clientTexts, type OAuth2Config } from "./options.js";
import type { Revocations } from "./revocations.js";
import { checkToken, isDue, readToken, type Token } from "./token.js";

/** The token, and its renewal. */
export interface Tokens {
  readonly read: () => Promise<Token | null>;
  /** Returns the token, renewed where that is due. Where there is none, it rejects with `not_authenticated`. */
  readonly current: (operation: Operation, abort: Abort) => Promise<Token>;
  /**
   * Returns a token in the place of one that the server refuses. Where there is none to
   * be had, nobody is signed in any more: it rejects with `not_authenticated`.
   */
  readonly replaceToken: (operation: Operation, refused: Token, why: unknown, abort: Abort) => Promise<Token>;
  /** Returns what tells whether somebody has signed out since, here or in another tab. */
  readonly watchLogouts: () => () => boolean;
  /** To be called when somebody signs out. */
  readonly countLogout: () => void;
  /** Puts a token, or none, in the place of whichever is there, which is then to be revoked. */
  readonly putToken: (token: Token | null) => Promise<unknown>;
  /** Forgets a token that has come too late, and revokes it. */
  readonly discardToken: (token: Token) => Promise<void>;
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
  isShared: boolean,
  revocations: Revocations,
  signedOut: () => void,
  listen: () => void,
): Tokens {
  const operation = "getAccessToken";
  const item = createItem(
    config.storage,
    calls.keyOf(operation, `token:${config.clientId}`),
    checkToken,
    revocations.add, // nobody else knows it
  );

  let logouts = 0;
  const watchLogouts: Tokens["watchLogouts"] = () => {
    listen();
    const before = logouts;
    return () => before !== logouts;
  };

  const isOther = (there: Token | null, { access }: Token): boolean => there?.access !== access;

  /** Puts one in the place of a token, where that is still there; returns what was. */
  const swap = (token: Token, next: Token | null): Promise<Token | null> =>
    item.change((there) => (isOther(there, token) ? there : next));

  async function discardToken(token: Token): Promise<void> {
    await revocations.add(token);
    await swap(token, null);
    revocations.startSending();
  }

  /** Forgets a token that is worth nothing any more; returns the one that is in its place. */
  async function end(token: Token, cause: unknown): Promise<Token> {
    const there = await swap(token, null);
    if (there && isOther(there, token)) {
      return there;
    }
    if (there) {
      signedOut();
    }
    throw signedOutError(operation, cause);
  }

  /** What is there in the place of a token, once another tab has stored it. */
  async function successor(token: Token, tries: number): Promise<Token | undefined> {
    for (let i = 0; ; i++) {
      const there = await item.read();
      if (!there) {
        throw signedOutError(operation);
      }
      if (isOther(there, token)) {
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
    const isLate = watchLogouts();
    // Another tab may have come first.
    const first = await successor(old, before);
    if (first) {
      return first;
    }
    if (old.refresh === null) {
      return end(old, why);
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
      return (await successor(old, after)) ?? end(old, error);
    }
    const there = await swap(old, token);
    if (!isLate() && !isOther(there, old)) {
      return token;
    }
    await discardToken(token);
    if (isLate() || !there) {
      throw signedOutError(operation);
    }
    return there; // somebody has signed in meanwhile
  }

  let asked: [old: Token, why: unknown] | undefined;
  const renewing = createSharedTask((abort) => {
    const [old, why] = asked as NonNullable<typeof asked>;
    return isShared
      ? withLock(calls.keyOf(operation, `token:${config.clientId}`)(), abort.signal, (alone, waited) =>
          renew(old, why, waited ? 2 : 0, alone ? 2 : 10, abort),
        )
      : renew(old, why, 0, config.storage === null ? 0 : 2, abort); // a page may have two clients
  });

  function renewed(old: Token, why: unknown, abort: Abort): Promise<Token> {
    if (asked && isOther(asked[0], old)) {
      renewing.renew(); // the renewal of another token says nothing of this one
    }
    asked = [old, why];
    const token = renewing.join(abort);
    // Once it has begun, it goes on without who waits for it: the server ends the old token in any case.
    if (!abort.signal.aborted) {
      calls.limited(operation, undefined, renewing.join).catch(() => {});
    }
    return token;
  }

  return {
    read: item.read,
    watchLogouts,
    countLogout() {
      logouts++;
    },
    putToken: (token) =>
      item.change(async (there) => {
        if (there) {
          await revocations.add(there);
        }
        return token;
      }),
    discardToken,
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
