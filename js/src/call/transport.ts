import type { Abort } from "../abort.js";
import { given } from "../given.js";
import { now } from "../options.js";
import { bodyOf } from "./body.js";
import { bytesOf, encode, Kind, maxBody, type Message } from "../module/wire.js";

/** authcore.Failure: why there is no response. */
export const enum Failure {
  none,
  network,
  tooLarge,
}

/** What else is seen of an exchange. */
export interface Seen {
  /** When the first request was sent, by {@link now}. */
  begun: number;
  /** Tells the time by the last answer. To read a date takes its time, and few ask. */
  clock?: () => Times;
  /** Why there was no response. */
  cause?: unknown;
}

/**
 * Milliseconds since 1970 between which an exchange took place, by the server's
 * clock; NaN where that is not seen. It is seen in the Date of the last answer,
 * in whole seconds (RFC 9110, section 6.6.1): so it was not yet a second later.
 * What the server has done for the exchange came before that, and after the
 * first request was sent.
 */
export interface Times {
  readonly from: number;
  readonly to: number;
}

/**
 * Sends the request that the texts of a message stand for, and gives the message of the response.
 * It never rejects: what went wrong is kept in `seen`, and the module is told
 * that there is no response.
 */
export async function send(
  request: Message["texts"],
  fetch: typeof globalThis.fetch,
  { signal, aborted }: Abort,
  seen: Seen,
): Promise<Uint8Array> {
  try {
    // Whose stack is empty is called quicker: a browser looks through it. And whoever
    // has given up by now, while a token or the module was waited for, sends nothing.
    await Promise.resolve();
    return await Promise.race([aborted, signal.aborted ? aborted : exchange(request, fetch, signal, seen)]);
  } catch (cause) {
    seen.cause = cause;
    return encode(Kind.response, [Failure.network], []);
  }
}

async function exchange(
  [method, url, credentials, authorization, body]: Message["texts"],
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
  seen: Seen,
): Promise<Uint8Array> {
  // Of a polluted Object.prototype fetch would take more. Where it is as ever, who wraps fetch may use its methods.
  const init = given({
    method: method as string,
    headers: {
      ...(authorization && { Authorization: authorization }),
      ...(body && { "Content-Type": "application/json" }),
    },
    body: body ?? null,
    credentials: credentials as RequestCredentials,
    cache: "no-store",
    redirect: "manual", // a redirect's target says nothing about the call
    signal,
  });
  const response = await fetch(url as string, init as RequestInit);
  const took = now() - seen.begun;
  // A header may be megabytes long: what is cut, maybe within a secret, must be longer than an error quotes.
  // And it was decoded as Latin-1: beyond ASCII no secret is recognized in it.
  const header = (name: string): string | null =>
    response.headers
      .get(name)
      ?.slice(0, 2000)
      .match(/^[\t -~]*$/)?.[0] ?? null;
  seen.clock = () => {
    const date = Date.parse(header("Date") ?? "");
    // A browser that blurs its clocks may measure 100 ms too little.
    return { from: date - took - 100, to: date + 1000 };
  };
  const bytes = await readBody(response, signal);
  return encode(
    Kind.response,
    [
      bytes ? Failure.none : Failure.tooLarge,
      response.status,
      response.redirected ? 1 : 0, // of which a polyfill says nothing
      Number(!!response.headers.get("X-TRAQ-VERSION")),
    ],
    [
      response.type,
      header("Content-Type"),
      header("X-Request-Id"),
      response.ok ? null : header("Retry-After"),
      bodyOf(bytes),
    ],
  );
}

/** What a body is read by: a web stream's reader, or an iterator as Node's streams have. */
interface Pieces {
  readonly read?: () => Promise<{ done?: boolean; value?: unknown }>;
  readonly next?: Pieces["read"];
  readonly cancel?: () => unknown;
  readonly return?: () => unknown;
}

/**
 * Reads a body in pieces; gives null, and reads no further, where it is too
 * large or no longer wanted. What the headers say of its length is not
 * believed: a browser does not hold a server to it everywhere.
 */
async function readBody(response: Response, signal: AbortSignal): Promise<Uint8Array[] | null> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const fits = (piece: unknown): boolean => {
    const chunk = bytesOf(piece);
    chunks.push(chunk);
    length += chunk.length || 64; // of empty ones there must be an end too: no timer fires between them
    return length <= maxBody && !signal.aborted;
  };
  // A fetch of the caller's may give another stream than the web's, or none.
  const body = response.body as { getReader?: () => Pieces; [Symbol.asyncIterator]?: () => Pieces } | null;
  const pieces = body?.getReader?.() ?? body?.[Symbol.asyncIterator]?.();
  if (!pieces) {
    return fits(await response.arrayBuffer()) ? chunks : null;
  }
  for (;;) {
    const piece = await (pieces.read ? pieces.read() : pieces.next?.());
    if (!piece || piece.done) {
      return chunks;
    }
    if (!fits(piece.value)) {
      // Whether it can be cancelled does not matter.
      Promise.resolve()
        .then(() => (pieces.cancel ? pieces.cancel() : pieces.return?.()))
        .catch(() => {});
      return null;
    }
  }
}
