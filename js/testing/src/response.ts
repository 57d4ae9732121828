import { platform } from "./platform.js";
import type { WireResponse } from "./wire.js";

/** What a response is to its reader, and a constructed one cannot be. */
interface Seen {
  readonly type: ResponseType;
  readonly url: string;
  readonly redirected: boolean;
}

const withoutBody = [204, 205, 304];

/** Makes the response that `fetch` gives of an answer: without its cookies and what else is not shown, and without anything of a redirect's. */
export function respond(
  answer: WireResponse,
  seen: Seen,
  shown: (name: string) => boolean = () => true,
): Response {
  if (seen.type === "opaqueredirect") {
    return as(new platform.Response(null), { ...seen, status: 0, ok: false });
  }
  return as(
    construct(answer, (name) => name !== "Set-Cookie" && shown(name)),
    seen,
  );
}

/** Makes the response that was on the wire, without its cookies. */
export function unfollowed(answer: WireResponse, url: string): Response {
  return as(
    construct(answer, (name) => name !== "Set-Cookie"),
    { url },
  );
}

/** Makes the response that was on the wire, decoded as `fetch` does it. */
export function onTheWire(answer: WireResponse, url: string): Response {
  const response = construct(answer, () => true);
  if (!response.body || response.headers.get("Content-Encoding") !== "gzip") {
    return as(response, { url });
  }
  const { status, headers, body } = response;
  const decoded = body.pipeThrough(new platform.DecompressionStream("gzip"));
  return as(new platform.Response(decoded, { status, headers }), { url });
}

function construct(answer: WireResponse, shown: (name: string) => boolean): Response {
  const headers = new platform.Headers();
  for (const [name, value] of answer.headers) {
    if (shown(name)) {
      headers.append(name, value);
    }
  }
  const { status } = answer;
  const body = withoutBody.includes(status) ? null : answer.broken ? broken(answer) : answer.body;
  return new platform.Response(body, { status, headers });
}

/** A body that breaks off at its end. */
function broken({ body, broken }: WireResponse): ReadableStream<Uint8Array> {
  let given = false;
  return new platform.ReadableStream({
    pull(controller) {
      if (given) {
        controller.error(new TypeError("terminated", { cause: new Error(broken) }));
      } else {
        given = true;
        controller.enqueue(body);
      }
    },
  });
}

function as(response: Response, seen: Partial<Response>): Response {
  const clone = (): Response => as(platform.Response.prototype.clone.call(response), seen);
  for (const [name, value] of Object.entries({ ...seen, clone })) {
    Object.defineProperty(response, name, { value, configurable: true, enumerable: true });
  }
  return response;
}
