import { createBrowser, type Handle } from "./browser.js";
import { failed } from "./failed.js";
import { start } from "./program.js";
import { read } from "./request.js";
import { onTheWire } from "./response.js";
import type { TestServer, TestServerOptions } from "./types.js";

export interface Created {
  readonly traq: TestServer;
  /** Answers a request as on the wire, and its body as it is there. */
  readonly handle: Handle;
}

export async function create(options: TestServerOptions): Promise<Created> {
  const origin = originOf(options.origin ?? pagesOrigin());
  const pageOrigin = originOf(options.pageOrigin ?? origin);
  const program = await start(options.wasm);
  const server = program.call("create") as number;
  const handle: Handle = (request, signal) => program.handle(server, request, signal);
  const newBrowser = (name?: string): ReturnType<TestServer["newBrowser"]> => {
    const openSession = (user: string): string => program.call("session", server, user) as string;
    const browser = createBrowser(handle, origin, openSession, pageOrigin);
    if (name !== undefined) {
      browser.signIn(name);
    }
    return browser;
  };
  const own = newBrowser();
  const traq: TestServer = {
    baseURL: `${origin}/api/v3`,
    origin,
    fetch: own.fetch,
    respond: own.respond,
    signIn: own.signIn,
    get cookie() {
      return own.cookie;
    },
    newBrowser,
    act: (action, ...args) => {
      program.call("act", server, action, JSON.stringify(args));
    },
    handle: async (input, init) => {
      const { signal, ...request } = await read(input, init, `${origin}/`);
      const answer = await handle(request, signal);
      if (answer.broken && !answer.status) {
        throw failed(answer.broken);
      }
      return onTheWire(answer, request.url);
    },
    get requests() {
      return program.call("requests", server) as number;
    },
    close: () => {
      program.call("close", server);
    },
  };
  return { traq, handle };
}

/** The origin of the page that there is, or a server's of its own. */
function pagesOrigin(): string {
  const page = (globalThis as { location?: Location }).location?.origin;
  return page?.startsWith("http") ? page : "http://traq.test";
}

function originOf(given: string | URL): string {
  const { protocol, origin } = new URL(given);
  if (protocol !== "http:" && protocol !== "https:") {
    throw new TypeError(`traq-auth-testing: an origin is http: or https:, not ${protocol}`);
  }
  return origin;
}
