import { type Bytes, encode, Kind, maxBody, type Message } from "./wire.js";

/** authcore.Failure: why there is no response. */
export const enum Failure {
  none,
  network,
  tooLarge,
}

/** What else is seen of an exchange. */
export interface Seen {
  /** When the first request was sent, by performance.now(). */
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

/** When a request is no longer wanted. */
export interface Abort {
  readonly signal: AbortSignal;
  /** Rejects when the signal is aborted; for what does not listen to it. */
  readonly aborted: Promise<never>;
  /** Milliseconds until the time is up; 0 for no limit. */
  readonly left: () => number;
  /** Aborts, and rejects the call with the reason. */
  readonly stop: (reason: unknown) => void;
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
    return await Promise.race([aborted, exchange(request, fetch, signal, seen)]);
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
  const headers: Record<string, string> = {};
  if (authorization) {
    headers["Authorization"] = authorization;
  }
  if (body) {
    headers["Content-Type"] = "application/json";
  }
  const response = await fetch(url as string, {
    method: method as string,
    headers,
    body: body ?? null,
    credentials: credentials as RequestCredentials,
    cache: "no-store",
    redirect: "manual", // a redirect's target says nothing about the call
    signal,
  });
  const took = performance.now() - seen.begun;
  seen.clock = () => {
    const date = Date.parse(response.headers.get("Date") ?? "");
    // A browser that blurs its clocks may measure 100 ms too little.
    return { from: date - took - 100, to: date + 1000 };
  };
  const bytes = await readBody(response);
  return encode(
    Kind.response,
    [
      bytes ? Failure.none : Failure.tooLarge,
      response.status,
      Number(response.redirected),
      Number(!!response.headers.get("X-TRAQ-VERSION")),
    ],
    [
      response.type,
      response.headers.get("Content-Type"),
      response.headers.get("X-Request-Id"),
      response.ok ? null : response.headers.get("Retry-After"),
      bytes,
    ],
  );
}

/** Reads a body; gives null, and reads no further, where it is too large. */
async function readBody(response: Response): Promise<Bytes | null> {
  const chunks: Uint8Array[] = [];
  const body = { length: 0, chunks };
  const fits = (chunk: Uint8Array): boolean => {
    chunks.push(chunk);
    body.length += chunk.length;
    return body.length <= maxBody;
  };
  if (endsInTime(response) || !response.body) {
    // It takes less time, and who looks at the body makes a stream of it; or there is
    // none at all, or a fetch of the caller's that does not stream.
    return fits(new Uint8Array(await response.arrayBuffer())) ? body : null;
  }
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return body;
    }
    if (!fits(value)) {
      reader.cancel().catch(() => {}); // whether it can be cancelled does not matter
      return null;
    }
  }
}

/**
 * Whether a body cannot be too large: one that is not compressed ends where
 * its length is reached. A page sees of its own origin alone whether it is.
 *
 * https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
 */
function endsInTime({ type, headers }: Response): boolean {
  const length = headers.get("Content-Length");
  return type === "basic" && length !== null && Number(length) <= maxBody && !headers.has("Content-Encoding");
}
