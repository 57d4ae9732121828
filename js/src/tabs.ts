import { scope } from "./options.js";
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

export function createTabs(byCookie: boolean, name: () => string, heard: (what: Told) => void): Tabs {
  let channel: BroadcastChannel | undefined;
  // Where there is no page, as on a server, clients of one process have nobody in common.
  let closed = !byCookie || !scope.location;
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
