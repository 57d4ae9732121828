import { bytes } from "./body.js";
import { check } from "./checked.js";
import { platform } from "./platform.js";
import { throwIfAborted, type WireRequest } from "./wire.js";

/** What a caller asks `fetch` for. */
export interface Asked extends WireRequest {
  readonly credentials: RequestCredentials;
  readonly redirect: RequestRedirect;
  readonly signal: AbortSignal | null;
}

/**
 * Reads what `fetch` is given. No Request is made of it: in jsdom and its like the
 * signal is of another realm, which Node's refuses.
 */
export async function read(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
  base: string,
): Promise<Asked> {
  const request = typeof input === "object" && "url" in input ? input : undefined;
  const url = new URL(request?.url ?? (input as string | URL), base);
  url.hash = "";
  check(url, init ?? {});
  const method = (init?.method ?? request?.method ?? "GET").replace(
    /^(get|head|post|put|delete|options|patch)$/i,
    (known) => known.toUpperCase(),
  );
  const headers = entries(init?.headers ?? request?.headers);
  const signal = init?.signal ?? request?.signal ?? null;
  throwIfAborted(signal);
  const { body, type } =
    init?.body == null && request && method !== "GET" && method !== "HEAD"
      ? { body: new Uint8Array(await request.arrayBuffer()), type: null }
      : await bytes(init?.body);
  if (body && (method === "GET" || method === "HEAD")) {
    throw new TypeError(`a request with the method ${method} has no body`);
  }
  if (type !== null && !headers.some(([name]) => name.toLowerCase() === "content-type")) {
    headers.push(["Content-Type", type]);
  }
  return {
    method,
    url: url.href,
    headers,
    body: body?.length ? body : null,
    credentials: init?.credentials ?? request?.credentials ?? "same-origin",
    redirect: init?.redirect ?? request?.redirect ?? "follow",
    signal,
  };
}

/** Its headers as `fetch` reads them: what is no name or no value of one throws. */
function entries(headers: HeadersInit = []): [string, string][] {
  const list: [string, string][] = [];
  // Of another realm, as jsdom's may be, they have been checked there.
  const read =
    typeof (headers as Headers).forEach === "function" && !Array.isArray(headers)
      ? (headers as Headers)
      : new platform.Headers(headers);
  read.forEach((value, name) => list.push([name, value]));
  return list;
}
