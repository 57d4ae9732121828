import { untilAborted } from "./deadline.js";
import { decode, encode, Kind } from "./wire.js";

/** authcore.MaxBody: the size in bytes beyond which a body is not read. */
const maxBody = 4 << 20;

/** authcore.Failure: why there is no response. */
const Failure = { none: 0, network: 1, tooLarge: 2 } as const;

/**
 * Sends the request that a message stands for and gives the response's
 * message. It never rejects: what went wrong is told to `failed`, and the
 * module is told that there is no response.
 */
export async function send(
  request: Uint8Array,
  fetch: typeof globalThis.fetch,
  signal: AbortSignal,
  failed: (cause: unknown) => void,
): Promise<Uint8Array> {
  const [method, url, credentials, authorization, body] = decode(request).texts;
  try {
    const headers: Record<string, string> = {};
    if (authorization) {
      headers["Authorization"] = authorization;
    }
    if (body) {
      headers["Content-Type"] = "application/json";
    }
    const response = await untilAborted(
      signal,
      // In an async function, so that a fetch that throws is one that rejects.
      (async () =>
        fetch(url as string, {
          method: method as string,
          headers,
          body: body ?? null,
          credentials: credentials as RequestCredentials,
          cache: "no-store",
          redirect: "manual", // a redirect's target says nothing about the call
          signal,
        }))(),
    );
    const bytes = await untilAborted(signal, readBody(response));
    const header = (name: string): string | null => response.headers.get(name);
    return encode(
      Kind.response,
      [bytes ? Failure.none : Failure.tooLarge, response.status, Number(response.redirected)],
      [response.type, header("Content-Type"), header("X-Request-Id"), header("Retry-After"), bytes],
    );
  } catch (cause) {
    failed(cause);
    return encode(Kind.response, [Failure.network], []);
  }
}

/** Reads a body; gives null, and reads no further, where it is too large. */
async function readBody(response: Response): Promise<Uint8Array | null> {
  if (!response.body) {
    // None at all, or a fetch of the caller's that does not stream.
    const bytes = new Uint8Array(await response.arrayBuffer());
    return bytes.length > maxBody ? null : bytes;
  }
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      break;
    }
    chunks.push(value);
    size += value.length;
    if (size > maxBody) {
      reader.cancel().catch(() => {}); // whether it can be cancelled does not matter
      return null;
    }
  }
  if (chunks.length === 1) {
    return chunks[0] as Uint8Array;
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
