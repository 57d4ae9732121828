import { Cookies } from "./cookies.js";
import { checkPreflight, checkShared, exposed, preflight } from "./cors.js";
import { failed } from "./failed.js";
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

/** Makes a browser in which a page of the origin `page` is open, for the server of this origin. */
export function createBrowser(
  handle: Handle,
  origin: string,
  openSession: (name: string) => string,
  page = origin,
): Browser {
  const cookies = new Cookies();
  const network = { handle, origin, page, cookies };
  return {
    fetch: async (input, init) => follow(await read(input, init, `${page}/`), network),
    respond: async (input, init) => {
      const asked = await read(input, init, `${origin}/`);
      const [, from = originOf(asked, origin)] =
        asked.headers.find(([name]) => name.toLowerCase() === "origin") ?? [];
      return unfollowed(await exchange(allowed(asked), network, from), asked.url);
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
  /** The origin of the page that is open. */
  readonly page: string;
  readonly cookies: Cookies;
}

/** Sends a request, and those that its redirects lead to. */
async function follow(asked: Asked, network: Network): Promise<Response> {
  let request = allowed(asked);
  const { origin, page } = network;
  const crosses = page !== origin;
  for (let redirected = 0; ; redirected++) {
    const question = crosses ? preflight(request) : undefined;
    if (question) {
      checkPreflight(await exchange({ ...request, ...question }, network, page), request, page);
    }
    const answer = await exchange(request, network, crosses ? page : originOf(request, origin));
    if (crosses) {
      checkShared(answer, request, page);
    }
    const location = answer.headers.find(([name]) => name === "Location")?.[1];
    if (!redirects.includes(answer.status) || (asked.redirect === "follow" && location === undefined)) {
      const type = crosses ? "cors" : "basic";
      const shown = crosses ? exposed(answer, request) : () => true;
      return respond(answer, { type, url: request.url, redirected: redirected > 0 }, shown);
    }
    if (asked.redirect === "manual") {
      return respond(answer, { type: "opaqueredirect", url: request.url, redirected: false });
    }
    if (asked.redirect === "error" || redirected === 20) {
      throw failed(
        asked.redirect === "error" ? "it was answered with a redirect" : "there were too many redirects",
      );
    }
    const next = new URL(utf8(location as string), request.url);
    next.hash = ""; // which a response's address has none of
    request = redirect(request, answer.status, next.href);
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

/** The Origin header of a request from the server's own origin. */
const originOf = ({ method }: WireRequest, origin: string): string | undefined =>
  method === "GET" || method === "HEAD" ? undefined : origin;

/**
 * Sends one request from an origin, with the cookies that go with it, and keeps those that come back. With one
 * from another origin than the server's none goes: they are SameSite=Lax.
 */
async function exchange(
  request: Asked,
  { handle, origin, cookies }: Network,
  from: string | undefined,
): Promise<WireResponse> {
  const url = new URL(request.url);
  if (url.origin !== origin) {
    throw failed(`${url.origin} is another origin than the test server's, ${origin}`);
  }
  const headers = [...request.headers];
  if (from !== undefined) {
    headers.push(["Origin", from]);
  }
  const withCookies = request.credentials !== "omit" && (from ?? origin) === origin;
  const cookie = withCookies ? cookies.header(url.pathname) : "";
  if (cookie) {
    headers.push(["Cookie", cookie]);
  }
  const answer = await handle(
    { method: request.method, url: url.href, headers, body: request.body },
    request.signal,
  );
  if (withCookies) {
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
