import type { Calls } from "../call/calls.js";
import type { StorageItem } from "../storage.js";
import { type Channel, createChannel } from "./channel.js";
import type { CurrentSession } from "./current-session.js";
import type { Identity } from "./identity.js";
import type { PendingLogout } from "./pending-logout.js";
import { Source, type State, unknown } from "./state.js";

/**
 * Makes the one place through which what was found about who is signed in goes on:
 * from this tab to storage and to the other tabs, and from those to this one.
 */
export function createTabs(
  byCookie: boolean,
  calls: Calls,
  state: State,
  identity: Identity,
  pending: PendingLogout,
  current: StorageItem<CurrentSession>,
): Channel {
  const channel = createChannel(byCookie, calls.keyOf("subscribe", "tabs:1"), (message) => {
    if (message === "accounts") {
      state.notifyAll();
      return;
    }
    identity.advanceEpoch();
    if (message.user) {
      void pending.erase(); // the server lets nobody log in beside a session
    }
    state.set(message, Source.tab);
  });
  state.onSet((next, source) => {
    // After a login or a logout in doubt the cookie may be another's.
    if (!next.user && source !== Source.tab) {
      void current.erase();
    }
    if (next !== unknown && source === Source.change) {
      channel.publish(next);
    }
    channel.listen();
  });
  return channel;
}
