import { createPending, type Pending, withinLimits } from "./limits.js";
import { prefetchRequest } from "./prefetch.js";
import { given } from "../given.js";
import {
  type Addresses,
  addressesOf,
  type Config,
  milliseconds,
  must,
  now,
  reading,
  text,
  unreadable,
} from "../options.js";
import * as results from "./results.js";
import { supervise } from "../module/supervisor.js";
import { Failure, type Seen, send } from "./transport.js";
import type { Abort } from "../abort.js";
import type { CallOptions } from "../option-types.js";
import type { Operation } from "../types.js";
import { encode, Kind, type Message, type Text } from "../module/wire.js";

/** What a call adds to the message that every call sends. */
export interface Arguments {
  readonly numbers?: readonly number[];
  readonly texts?: readonly Text[];
  /** To be done before the first request is sent, and not where the module finds the arguments wrong. */
  readonly beforehand?: First | undefined;
  /** To be done while a request is under way. */
  readonly meanwhile?: () => void;
}

/** What must come before a request, and is waited for; where it rejects, none is sent. */
export type First = (operation: Operation, abort: Abort) => unknown;

/** The ways into the module. */
export interface Calls {
  readonly addresses: (operation: Operation) => Addresses;
  /** Gives the name of what is kept or told of this server. */
  readonly keyOf: (operation: Operation, what: string) => () => string;
  readonly ready: (abort: Abort) => Promise<void>;
  /** Runs a task within a call's limits; what is wrong with the options rejects. */
  readonly limited: <T>(
    operation: Operation,
    options: CallOptions | undefined,
    task: (abort: Abort) => Promise<T>,
  ) => Promise<T>;
  /** Calls an exported function, as a part of the operation that an error shall name. */
  readonly ask: <T>(
    name: Operation,
    operation: Operation,
    abort: Abort,
    read: results.Read<T>,
    args?: Arguments,
  ) => Promise<T>;
  readonly pendingCalls: Pending;
  /** Ends all calls, and lets go of the module. */
  readonly dispose: () => void;
}

/** Whether the module is in this very file, by js/bundle; absent where the sources run as they are. */
declare const MODULE_INSIDE: boolean | undefined;

/** The calls that carry the access token; the server refuses or ignores it on the others. */
const authorized: ReadonlySet<Operation> = new Set<Operation>([
  "listSessions",
  "revokeSession",
  "listAccounts",
  "unlinkAccount",
  "getUser",
]);

// eslint-disable-next-line max-lines-per-function -- its closures are the methods of one part, each of them short
export function createCalls(config: Config): Calls {
  const pendingCalls = createPending();
  const module = reading("createAuthClient", () => supervise(config.wasm));
  const addresses = addressesOf(config);
  return {
    addresses,
    keyOf: (operation, what) => () => `traq-auth:${what}:${addresses(operation).base}`,
    ready: module.ready,
    async limited(operation, options, task) {
      return reading(operation, () => {
        const { signal = null, timeout } = given(options);
        must(
          // Whatever realm it is of; and null is none, as for fetch.
          signal === null ||
            (typeof signal.aborted === "boolean" && typeof signal.addEventListener === "function"),
          operation,
          "signal",
          "an AbortSignal",
        );
        const limits = { signal, timeout: milliseconds(operation, timeout, config.timeout) };
        return withinLimits(operation, limits, pendingCalls, task);
      });
    },
    async ask(name, operation, abort, read, args = {}) {
      const { numbers = [], texts = [], beforehand: first, meanwhile } = given(args);
      // A module that is to be downloaded is asked for before all else is done; one that is here is compiled
      // while a request is under way. Whether it loads is told below.
      if (typeof MODULE_INSIDE === "undefined" || !MODULE_INSIDE) {
        module.ready(abort).catch(() => {});
        await Promise.resolve();
      }
      const { base, auth, isCrossOrigin } = addresses(operation);
      const source = authorized.has(name) ? config.accessToken : undefined;
      const token = source === undefined ? null : await tokenOf(operation, source);
      const prefetch = prefetchRequest(name, base, config.credentials, token, texts as Message["texts"]);
      let before: unknown;
      const begin = (): unknown => (before ??= first?.(operation, abort));
      for (let attempt = 0; ; attempt++) {
        const seen: Seen = { __proto__: null, begun: 0 } as Seen;
        const messages: Uint8Array[] = [];
        let ahead: Promise<void> | undefined;
        const sending = async (texts: Message["texts"]): Promise<void> => {
          seen.begun ||= now();
          const sent = send(texts, config.fetch, abort, seen);
          meanwhile?.();
          messages.push(await sent);
          ahead = undefined; // the module may ask for another, to learn why the first has failed
        };
        if (prefetch) {
          await begin();
          ahead = sending(prefetch);
          // The request leaves before the module is made ready; where the answer comes first, it is entered once.
          await Promise.resolve().then(() => module.ready(abort));
        }
        messages.unshift(
          encode(
            Kind.call,
            [Number(isCrossOrigin), config.retries, attempt, abort.left(), Math.random(), ...numbers],
            [base, auth, config.credentials, token, ...texts],
          ),
        );
        let refused: { readonly error: unknown } | undefined;
        const answer = await module.call(
          name,
          messages,
          // What is ahead is looked at at once: when it is answered, there is none any more.
          async (request, first = ahead) => {
            try {
              await begin();
              await (first ?? sending(request.texts));
            } catch (error) {
              refused = { error };
              messages.push(encode(Kind.response, [Failure.network], []));
            }
          },
          abort,
        );
        if (refused) {
          throw refused.error;
        }
        const wait = results.waitOf(answer);
        if (!wait) {
          return results.readAnswer(operation, answer, read, seen);
        }
        await pause(wait, abort);
      }
    },
    pendingCalls,
    dispose() {
      if (!pendingCalls.disposed()) {
        pendingCalls.dispose();
        module.dispose();
      }
    },
  };
}

/** Waits for so many milliseconds; rejects where the call ends before. */
function pause(milliseconds: number, { aborted }: Abort): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const waited = new Promise((resolve) => (timer = setTimeout(resolve, milliseconds)));
  return Promise.race([aborted, waited]).finally(() => clearTimeout(timer));
}

/** Returns a token, of which the module refuses one that is empty: the cookie would be sent in its place. */
async function tokenOf(operation: Operation, source: NonNullable<Config["accessToken"]>): Promise<string> {
  try {
    const token = typeof source === "function" ? await source() : source;
    return text(operation, "what accessToken gives", token) || " ";
  } catch (cause) {
    throw unreadable(operation, cause, "accessToken failed");
  }
}
