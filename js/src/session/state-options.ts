import { given } from "../given.js";
import { flag, milliseconds, must, reading } from "../options.js";
import { readSnapshot, unknown } from "./state.js";
import type { AuthClientOptions, RefreshOnOptions } from "../option-types.js";
import type { Snapshot } from "../types.js";

/** When the client asks who is signed in, while somebody is subscribed. */
export interface RefreshOn {
  readonly subscribe: boolean;
  readonly visible: boolean;
  /** Milliseconds; 0 for never. */
  readonly interval: number;
}

/** The options of a client that say what is known of who is signed in. */
export interface StateOptions {
  readonly initial: Snapshot;
  readonly refreshOn: RefreshOn;
}

const operation = "createAuthClient";

/** Reads and checks them. */
export const readStateOptions = (options: Pick<AuthClientOptions, keyof StateOptions>): StateOptions =>
  reading(operation, () => {
    const { initial = unknown, refreshOn = {} } = given(options);
    const snapshot = readSnapshot(initial);
    must(snapshot !== undefined, operation, "initial", "a snapshot");
    must(Object(refreshOn) === refreshOn, operation, "refreshOn", "an object");
    const { subscribe, visible, interval } = given<RefreshOnOptions>(refreshOn);
    return {
      initial: snapshot,
      refreshOn: {
        subscribe: flag(operation, "refreshOn.subscribe", subscribe, true),
        visible: flag(operation, "refreshOn.visible", visible, true),
        interval: milliseconds(operation, interval, 0, "refreshOn.interval"),
      },
    };
  });
