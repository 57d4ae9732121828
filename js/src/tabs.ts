import { type Config, scope } from "./options.js";
import type { Snapshot } from "./types.js";

/** What a tab tells the others: who is signed in since just now, or that the linked accounts have changed. */
export type Told = Snapshot | "accounts";

/** The other tabs of the origin, where there is a BroadcastChannel. */
export interface Tabs {
  readonly tell: (what: Told) => void;
  /** Begins to hear what the others tell. */
  readonly listen: () => void;
  readonly close: () => void;
}

export function createTabs(
  { accessToken, credentials }: Config,
  name: () => string,
  heard: (what: Told) => void,
): Tabs {
  let channel: BroadcastChannel | undefined;
  // A token's user is not the cookie's, of whom the others speak; and where there
  // is no page, as on a server, clients of one process have nobody in common.
  let closed = accessToken !== undefined || credentials === "omit" || !scope.location;
  const listen = (): void => {
    if (!channel && !closed) {
      try {
        channel = new BroadcastChannel(name());
        channel.onmessage = ({ data }) => heard(data as Told);
      } catch {} // none here
    }
  };
  return {
    listen,
    tell(what) {
      listen();
      channel?.postMessage(what);
    },
    close() {
      closed = true;
      channel?.close();
      channel = undefined;
    },
  };
}
