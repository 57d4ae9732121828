import type { Calls, First } from "../call/calls.js";
import { AuthError, type AuthErrorDetails, isAuthError } from "../errors.js";
import * as results from "../call/results.js";
import { createSharedTask } from "../shared-task.js";
import { signedIn, signedOut, Source, type State } from "./state.js";
import type { Abort } from "../abort.js";
import type { Operation, User } from "../types.js";

/** Whether the server itself has refused it. Any other error leaves in doubt what the server has done. */
export const isRefused = (error: unknown): error is AuthError =>
  isAuthError(error) && error.status !== null && error.code !== "invalid_response";

/** Whether it is a 401 of the server's own. Nothing else says that nobody is signed in. */
export const isNobody = (error: unknown): boolean => isRefused(error) && error.status === 401;

/** For a catch: nobody is undefined, and any other error goes on. */
export function ifNobody(error: unknown): undefined {
  if (!isNobody(error)) {
    throw error;
  }
}

/** For a catch of what calls share: throws the error in the name of one of them. */
export const inTheNameOf =
  (operation: Operation) =>
  (error: unknown): never => {
    if (!isAuthError(error) || error.operation === operation) {
      throw error;
    }
    const details: AuthErrorDetails & { operation: Operation } = { ...(error as object), operation };
    throw new AuthError(operation, error.code, error.message.slice(error.operation.length + 2), details);
  };

/** What the server's answers say about who is signed in. */
export interface Identity {
  /**
   * The number of the present epoch. An answer says something of who is signed in
   * only in the epoch in which it was asked for.
   */
  readonly epoch: () => number;
  /** How many logins and logouts have begun or were heard of: where only an older one has ended since, it is the same. */
  readonly begun: () => number;
  /**
   * To be called when a login or a logout, of this tab or of another, begins and when it ends; returns
   * the new epoch. Of this tab's, it is told by how many more or fewer are under way.
   */
  readonly advanceEpoch: (change?: number) => number;
  /** Begins an epoch for what is asked from now on. While one of this tab's is under way, that does so when it ends. */
  readonly renew: () => void;
  /** How many of this tab's are under way. */
  readonly underWay: () => number;
  /** Asks as {@link Calls.ask} does, after what must come first, and learns from a 401. */
  readonly ask: Calls["ask"];
  /** Asks who is signed in, or waits for the answer that another asks for, and sets the state. */
  readonly look: (operation: Operation, abort: Abort) => Promise<User>;
}

export function createIdentity(calls: Calls, state: State, first: First, listen: () => void): Identity {
  let epoch = 0;
  let begun = 0;
  let underWay = 0;
  const ask: Calls["ask"] = async (name, operation, abort, read, args) => {
    const asked = epoch;
    try {
      return await calls.ask(name, operation, abort, read, { ...args, beforehand: first });
    } catch (error) {
      if (asked === epoch && isNobody(error)) {
        state.set(signedOut, Source.answer);
      }
      throw error;
    }
  };
  const looking = createSharedTask(async (abort) => {
    listen(); // what another tab tells meanwhile counts more than the answer
    const asked = epoch;
    const user = await ask("getUser", "getUser", abort, results.readUser);
    if (asked === epoch) {
      state.set(signedIn(user), Source.answer);
    }
    return user;
  });
  const advanceEpoch = (change = 0): number => {
    underWay += change;
    looking.renew();
    begun += Number(change >= 0);
    return ++epoch;
  };
  return {
    epoch: () => epoch,
    begun: () => begun,
    underWay: () => underWay,
    advanceEpoch,
    renew() {
      if (!underWay) {
        advanceEpoch();
      }
    },
    ask,
    look: (operation, abort) => looking.join(abort).catch(inTheNameOf(operation)),
  };
}
