import type { Arguments, Calls, First } from "../call/calls.js";
import { isSameId } from "./current-session.js";
import { type AuthError, type AuthErrorCode, hasCode, isAuthError } from "../errors.js";
import { ifNobody, inTheNameOf, isRefused } from "./identity.js";
import type { Config } from "../options.js";
import * as results from "../call/results.js";
import { createSharedTask } from "../shared-task.js";
import { Source, type State, unknown } from "./state.js";
import type { Check, StorageItem } from "../storage.js";
import type { Abort } from "../abort.js";
import { isUUID } from "../uuid.js";
import type { Text } from "../module/wire.js";

/** What a logout is to end. */
export interface Logout {
  readonly all: boolean;
  /** The id of whose session it is, where that is known: another's is not to be ended. */
  readonly user: string | null;
}

export const checkLogout: Check<Logout> = ({ all, user }) =>
  typeof all === "boolean" && (user === null || isUUID(user)) ? { all, user } : null;

/** Errors of a logout that was refused before anything was sent. */
const unsent: readonly AuthErrorCode[] = ["invalid_argument", "unsafe_redirect"];

/**
 * A logout of which the server's answer is still to come: on a shared computer
 * whoever pressed the button must be able to rely on it. It is stored before its
 * request leaves, and removed by its answer. Until then it is sent before anything
 * else that needs a session, by whichever tab or later page does that.
 */
export interface PendingLogout {
  /** Sends what is pending, unless a logout of this client's is under way. */
  readonly beforehand: First;
  /**
   * Stores a logout, together with what is pending already, and sends it. It stays
   * pending where that fails, unless the caller aborts it or it is refused unsent.
   */
  readonly send: <T>(logout: Logout, abort: Abort, request: (all: boolean) => Promise<T>) => Promise<T>;
  readonly isPending: () => boolean;
  /** Forgets it: it was answered, or somebody has logged in since. */
  readonly erase: () => Promise<void>;
}

// eslint-disable-next-line max-lines-per-function -- its closures are the methods of one part, each of them short
export function createPendingLogout(
  config: Config,
  calls: Calls,
  state: State,
  item: StorageItem<Logout>,
): PendingLogout {
  // As it was stored or read last; another tab may have changed it since.
  let pending: Logout | null = null;
  let changes = 0; // made here
  let isStored = true; // or else the storage fails, and this is all that is known
  // Of this client's logouts that are under way: how many, and what was pending before them.
  let underWay = 0;
  let previous: Logout | null = null;

  async function load(): Promise<Logout | null> {
    const before = changes;
    const stored = await item.read();
    if (before === changes && isStored) {
      pending = stored;
    }
    return pending;
  }

  async function store(logout: Logout | null): Promise<void> {
    changes++;
    pending = logout;
    await (logout ? item.writeItem(logout) : item.erase());
    const stored = await item.read();
    isStored = !stored === !pending;
  }

  const remove = (): Promise<void> => store((previous = null));

  /** Whether it is somebody else's session, or none; and it shows that it is the server that answers. */
  async function isMoot({ user }: Logout, abort: Abort): Promise<boolean> {
    if (config.accessToken !== undefined) {
      return false; // the token's user need not be the cookie's
    }
    try {
      const there = await calls.ask("getUser", "logout", abort, results.readUser);
      return user !== null && !isSameId(there.id, user);
    } catch (error) {
      if (hasCode(error, "account_suspended")) {
        return false;
      }
      ifNobody(error);
      return true;
    }
  }

  const sending = createSharedTask(async (abort) => {
    const logout = pending;
    const before = changes;
    let refusal: AuthError | undefined;
    // While that was asked, another tab may have sent it, and somebody have signed in.
    if (logout && !(await isMoot(logout, abort)) && (await load())) {
      try {
        await calls.ask("logout", "logout", abort, results.readNothing, logoutArguments(logout.all));
      } catch (error) {
        if (!isRefused(error) || error.retryable) {
          throw error;
        }
        refusal = error; // it would fail for ever
      }
    }
    if (before === changes) {
      await remove(); // or else another was stored meanwhile
    }
    if (refusal) {
      state.set(unknown, Source.answer);
      throw refusal;
    }
  });

  return {
    async beforehand(operation, abort) {
      // Again where another was stored meanwhile: a login must not come before it.
      while ((await load()) && !underWay) {
        await sending.join(abort).catch(inTheNameOf(operation));
      }
    },

    async send({ all, user }, abort, request) {
      const before = await load();
      if (abort.byCaller) {
        await abort.aborted;
      }
      if (!underWay++) {
        previous = before;
      }
      try {
        const both = { all: all || before?.all === true, user: user ?? before?.user ?? null };
        return await Promise.race([abort.aborted, store(both).then(() => request(both.all))]);
      } catch (error) {
        if (!abort.byCaller && !(isAuthError(error) && unsent.includes(error.code))) {
          previous = pending; // where another is under way
        } else if (underWay === 1) {
          await store(previous);
        }
        throw error;
      } finally {
        underWay--;
      }
    },

    isPending: () => Boolean(pending),
    erase: remove,
  };
}

export const logoutArguments = (all: boolean, texts: Text[] = [null, null]): Arguments => ({
  numbers: [Number(all)],
  texts,
});
