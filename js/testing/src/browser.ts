import { Cookies } from "./cookies.js";
import type { WireRequest, WireResponse } from "./wire.js";
import { platform } from "./platform.js";
import { read, type Asked } from "./request.js";
import { respond, unfollowed } from "./response.js";
import type { Browser } from "./types.js";

/** Those that a page cannot send (Fetch, "forbidden request-header") and that would change an answer. */
const forbidden =
  /^(accept-encoding|connection|content-length|cookie|date|host|origin|referer|sec-.*|te|trailer|transfer-encoding|upgrade|via)$/i;

const redirects = [301, 302, 303, 307, 308];

export type Handle = (request: WireRequest, signal?: AbortSignal | null) => Promise<WireResponse>;

/** Makes a browser in which a page of this origin is open. */
export function createBrowser(
  handle: Handle,
  origin: string,
  openSession: (name: string) => string,
): Browser {
  const cookies = new Cookies();
  return {
    fetch: async (input, init) => follow(await read(input, init, `${origin}/`), { handle, origin, cookies }),
    respond: async (input, init) => {
      const request = allowed(await read(input, init, `${origin}/`));
      return unfollowed(await exchange(request, { handle, origin, cookies }), request.url);
    },
    signIn: (name) => cookies.set(`r_session=${openSession(name)}; Path=/`, "/"),
    get cookie() {
      return cookies.header("/api/v3/");
    },
  };
}

interface Network {
  readonly handle: Handle;
  readonly origin: string;
  readonly cookies: Cookies;
}

/** Sends a request, and those that its redirects lead to. */
async function follow(asked: Asked, network: Network): Promise<Response> {
  let request = allowed(asked);
  for (let redirected = 0; ; redirected++) {
    const answer = await exchange(request, network);
    const location = answer.headers.find(([name]) => name === "Location")?.[1];
    if (!redirects.includes(answer.status) || (asked.redirect === "follow" && location === undefined)) {
      return respond(answer, { type: "basic", url: request.url, redirected: redirected > 0 });
    }
    if (asked.redirect === "manual") {
      return respond(answer, { type: "opaqueredirect", url: request.url, redirected: false });
    }
    if (asked.redirect === "error" || redirected === 20) {
      throw failed(
        asked.redirect === "error" ? "it was answered with a redirect" : "there were too many redirects",
      );
    }
    request = redirect(request, answer.status, new URL(utf8(location as string), request.url).href);
  }
}

const allowed = (asked: Asked): Asked => ({
  ...asked,
  headers: asked.headers.filter(([name]) => !forbidden.test(name)),
});

/** The text of a header's bytes. */
const utf8 = (value: string): string =>
  new platform.TextDecoder().decode(Uint8Array.from(value, (byte) => byte.charCodeAt(0)));

/** The request that a redirect stands for (Fetch, "HTTP-redirect fetch"). */
function redirect<R extends WireRequest>(request: R, status: number, url: string): R {
  const { method } = request;
  if (status === 303 ? method === "GET" || method === "HEAD" : status > 302 || method !== "POST") {
    return { ...request, url };
  }
  const headers = request.headers.filter(([name]) => !/^content-/i.test(name));
  return { ...request, url, method: "GET", body: null, headers };
}

/** Sends one request with the cookies that go with it, and keeps those that come back. */
async function exchange(request: Asked, { handle, origin, cookies }: Network): Promise<WireResponse> {
  const url = new URL(request.url);
  if (url.origin !== origin) {
    throw failed(`${url.origin} is another origin than the test server's, ${origin}`);
  }
  const headers = [...request.headers];
  if (request.method !== "GET" && request.method !== "HEAD") {
    headers.push(["Origin", origin]);
  }
  const cookie = request.credentials === "omit" ? "" : cookies.header(url.pathname);
  if (cookie) {
    headers.push(["Cookie", cookie]);
  }
  const answer = await handle(
    { method: request.method, url: url.href, headers, body: request.body },
    request.signal,
  );
  if (request.credentials !== "omit") {
    for (const [name, value] of answer.headers) {
      if (name === "Set-Cookie") {
        cookies.set(value, url.pathname);
      }
    }
  }
  if (answer.broken && !answer.status) {
    throw failed(answer.broken);
  }
  return answer;
}

/** What `fetch` rejects with; why is no page's to know, but a test's. */
export const failed = (why: string): TypeError => new TypeError("fetch failed", { cause: new Error(why) });
