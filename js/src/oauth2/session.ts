import type { Abort } from "../abort.js";
import type { Calls } from "../call/calls.js";
import * as results from "../call/results.js";
import { hasCode } from "../errors.js";
import { inTheNameOf, isNobody } from "../session/identity.js";
import { createRefresh } from "../session/refresh.js";
import { signedIn, signedOut, Source, type State, unknown } from "../session/state.js";
import { createSharedTask } from "../shared-task.js";
import type { Operation, User } from "../types.js";
import type { OAuth2Config } from "./options.js";
import type { Revocations } from "./revocations.js";
import { isDue, type Token } from "./token.js";
import { signedOutError, type Tokens } from "./tokens.js";
import type { OAuth2Client } from "./types.js";

/** Who is signed in, by the token. */
export interface Session extends Pick<
  OAuth2Client,
  "getAccessToken" | "getUser" | "known" | "logout" | "refresh"
> {
  /**
   * Takes the token into use that is asked for, if any, and asks whose it is. Where somebody
   * signs out meanwhile, it revokes the token and rejects with `not_authenticated`.
   */
  readonly adoptToken: (ask: () => Promise<Token | null>, abort: Abort) => Promise<void>;
  /** Has the next question be a new one, and no answer to one before count. */
  readonly advanceEpoch: () => void;
  /** To be called when another tab has signed in or out. */
  readonly tabChanged: (isSignedIn: boolean) => void;
}

const isSignedOut = (error: unknown): boolean => hasCode(error, "not_authenticated");

/** For a catch: that nobody is signed in is undefined, and any other error goes on. */
function ifSignedOut(error: unknown): undefined {
  if (!isSignedOut(error)) {
    throw error;
  }
}

// eslint-disable-next-line max-lines-per-function -- its closures are the methods of one part, each of them short
export function createSession(
  { clientId }: OAuth2Config,
  calls: Calls,
  state: State,
  tokens: Tokens,
  revocations: Revocations,
  use: (token: Token) => void,
  listen: () => void,
): Session {
  // An answer says who is signed in only in the epoch in which it was asked for.
  let epoch = 0;

  /** Learns from an error of what was asked for in an epoch. */
  function setSignedOut(asked: number, error: unknown): void {
    if (asked === epoch && isSignedOut(error)) {
      state.set(signedOut, Source.answer);
    }
  }

  const looking = createSharedTask(async (abort): Promise<User> => {
    listen(); // what another tab tells meanwhile counts more than the answer
    const operation = "getUser";
    const asked = epoch;
    const ask = (token: Token): Promise<User> => {
      use(token);
      return calls.ask(operation, operation, abort, results.readUser, {
        texts: [clientId, null, token.scope],
      });
    };
    try {
      const token = await tokens.current(operation, abort);
      const user = await ask(token).catch(async (error: unknown) => {
        if (!isNobody(error)) {
          throw error;
        }
        const renewed = await tokens.replaceToken(operation, token, error, abort);
        return ask(renewed).catch(async (again: unknown) => {
          if (isNobody(again)) {
            await tokens.discardToken(renewed);
            throw signedOutError(operation, again);
          }
          throw again;
        });
      });
      if (asked === epoch) {
        state.set(signedIn(user), Source.answer);
      }
      return user;
    } catch (error) {
      setSignedOut(asked, error);
      throw error;
    } finally {
      revocations.startSending(); // what an earlier logout could not revoke
    }
  });

  const look = (operation: Operation, abort: Abort): Promise<User> =>
    looking.join(abort).catch(inTheNameOf(operation));

  function advance(): void {
    epoch++;
    looking.renew();
  }

  return {
    advanceEpoch: advance,
    getUser: (options) =>
      calls.limited("getUser", options, async (abort) => ({ ...(await look("getUser", abort)) })),

    ...createRefresh(
      calls,
      state,
      () => epoch,
      (operation, abort) => look(operation, abort).catch(ifSignedOut),
    ),

    getAccessToken: (options) =>
      calls.limited("getAccessToken", options, async (abort) => {
        const operation = "getAccessToken";
        const asked = epoch;
        try {
          const token = await tokens.current(operation, abort);
          if (!isDue(token)) {
            return token.access;
          }
          // By the page's clock it has expired, and it cannot be renewed: the server knows.
          await look(operation, abort);
          return (await tokens.current(operation, abort)).access;
        } catch (error) {
          setSignedOut(asked, error);
          throw error;
        }
      }),

    logout: (options) =>
      calls.limited("logout", options, async (abort) => {
        advance();
        tokens.countLogout();
        const forgotten = tokens.putToken(null);
        state.set(signedOut, Source.answer);
        await forgotten;
        state.set(signedOut, Source.change); // now the other tabs will find no token either
        await revocations.send(abort);
      }),

    async adoptToken(ask, abort) {
      const operation = "completeLogin";
      const isLate = tokens.watchLogouts();
      const token = await ask();
      if (!token) {
        return;
      }
      if (!isLate()) {
        await tokens.putToken(token);
      }
      if (!isLate()) {
        advance();
        const asked = epoch;
        // It has taken place, whosever it is.
        const next = await look(operation, abort).then(signedIn, () => unknown);
        if (asked === epoch) {
          state.set(next, Source.change);
        }
      }
      if (isLate()) {
        await tokens.discardToken(token);
        throw signedOutError(operation);
      }
    },

    tabChanged(isSignedIn) {
      advance();
      if (!isSignedIn) {
        tokens.countLogout();
      }
    },
  };
}
