import type { Arguments, Calls, First } from "./calls.js";
import { type AuthErrorCode, isAuthError } from "./errors.js";
import * as results from "./results.js";
import { signedIn, signedOut, type State } from "./state.js";
import type { Abort } from "./transport.js";
import type { Operation, User } from "./types.js";

/** The server's 401s. Nothing else says that nobody is signed in. */
const nobody: readonly AuthErrorCode[] = ["not_authenticated", "invalid_token", "invalid_credentials"];

export const isNobody = (error: unknown): boolean => isAuthError(error) && nobody.includes(error.code);

/** For a catch: nobody is undefined, and any other error goes on. */
export function ifNobody(error: unknown): undefined {
  if (!isNobody(error)) {
    throw error;
  }
}

/** What the server's answers say about who is signed in. */
export interface Who {
  /** Asks as {@link Calls.ask} does, and learns from a 401. */
  readonly ask: Calls["ask"];
  /** Asks who is signed in, and keeps it. */
  readonly look: (operation: Operation, abort: Abort, first?: First) => Promise<User>;
  /** To be told when a login or a logout begins and when it ends: an answer from before says nothing of after. */
  readonly turn: () => void;
  /** How many of these there were. */
  readonly turns: () => number;
}

export function createWho(calls: Calls, state: State): Who {
  let turns = 0;
  const ask = async <T>(
    name: Operation,
    operation: Operation,
    abort: Abort,
    read: results.Read<T>,
    args?: Arguments,
  ): Promise<T> => {
    const turn = turns;
    try {
      return await calls.ask(name, operation, abort, read, args);
    } catch (error) {
      if (turn === turns && isNobody(error)) {
        state.set(signedOut);
      }
      throw error;
    }
  };
  return {
    ask,
    async look(operation, abort, first) {
      const turn = turns;
      const user = await ask("getUser", operation, abort, results.readUser, { first });
      if (turn === turns) {
        state.set(signedIn(user));
      }
      return user;
    },
    turn: () => {
      turns++;
    },
    turns: () => turns,
  };
}
