import { scope } from "../options.js";
import { isSame, readSnapshot, unknown } from "./state.js";
import type { Snapshot } from "../types.js";

/** What a tab sends the others: who is signed in since just now, or that the linked accounts have changed. */
export type Message = Snapshot | "accounts";

/** To the other tabs of the origin, where there is a BroadcastChannel. */
export interface Channel {
  readonly publish: (message: Message) => void;
  /** Begins to receive what the others publish. */
  readonly listen: () => void;
  readonly close: () => void;
}

/**
 * Makes a channel to the other tabs. Any script of the origin can write there,
 * so what is not exactly a message of ours is ignored.
 */
export function createChannel(
  byCookie: boolean,
  name: () => string,
  receive: (message: Message) => void,
): Channel {
  let channel: BroadcastChannel | undefined;
  // Where there is no page, as on a server, clients of one process have nobody in common.
  let closed = !byCookie || !scope.location;
  const listen = (): void => {
    if (!channel && !closed) {
      try {
        channel = new BroadcastChannel(name());
        channel.onmessage = ({ data }: MessageEvent<unknown>) => {
          const message = data === "accounts" ? data : readSnapshot(data);
          try {
            if (message && message !== unknown && isSame(message, data)) {
              receive(message);
            }
          } catch {} // it is no JSON
        };
        // Node's would keep a process alive that has a page of jsdom's.
        (channel as { unref?: () => void }).unref?.();
      } catch {} // none here
    }
  };
  return {
    listen,
    publish(message) {
      listen();
      try {
        channel?.postMessage(message);
      } catch {} // a polyfill over a full storage: the others find out otherwise
    },
    close() {
      closed = true;
      channel?.close();
      channel = undefined;
    },
  };
}
