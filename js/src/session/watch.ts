import type { Calls } from "../call/calls.js";
import { must, scope } from "../options.js";
import type { State } from "./state.js";
import type { RefreshOn } from "./state-options.js";
import type { Channel } from "./channel.js";
import type { AuthClient } from "../client-types.js";
import { onWakeup, pause } from "./wakeups.js";

export interface Watch {
  readonly subscribe: AuthClient["subscribe"];
  readonly end: () => void;
}

/**
 * Makes `subscribe`. While somebody is subscribed in a page, the client asks who
 * is signed in: once when that is not known, and when the page wakes up.
 */
export function createWatch(
  refreshOn: RefreshOn,
  { pendingCalls }: Calls,
  state: State,
  tabs: Channel,
  renew: () => void,
  refresh: AuthClient["refresh"],
): Watch {
  let listeners = 0;
  let endWakeups = (): void => {};
  // When it last asked or was told, and 0 before that. Not performance.now(), which may stand still while
  // the machine sleeps.
  let last = 0;
  const isToAsk = (): boolean => refreshOn.subscribe && scope.document !== undefined && !state.isKnown();
  const ask = (anew = false): void => {
    last = Date.now();
    if (anew) {
      renew(); // nobody waits for an answer to what was asked before
    }
    refresh().catch(() => {}); // nor for this one
  };
  /** Asks once what the page does now has come to its end: it may end its subscription, or ask by itself. */
  async function start(): Promise<void> {
    await Promise.resolve();
    if (listeners && isToAsk()) {
      ask();
    }
  }

  state.onSet(() => {
    last = Date.now();
    void start();
  });

  return {
    subscribe(listener) {
      must(typeof listener === "function", "subscribe", "listener", "a function");
      const end = state.subscribe(listener);
      tabs.listen();
      if (listeners++ === 0 && !pendingCalls.disposed()) {
        last ||= Date.now() - (isToAsk() ? 0 : pause);
        endWakeups = onWakeup(ask, () => last, refreshOn);
      }
      void start();
      let ended = false;
      return () => {
        if (!ended) {
          ended = true;
          end();
          if (--listeners === 0) {
            endWakeups();
          }
        }
      };
    },
    end: () => endWakeups(),
  };
}
