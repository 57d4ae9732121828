/**
 * traQ's Authentication API in memory, for tests.
 *
 * @packageDocumentation
 */
import { createBrowser, type Handle } from "./browser.js";
import { failed } from "./failed.js";
import { start } from "./program.js";
import { read } from "./request.js";
import { onTheWire } from "./response.js";
import type { TestServer, TestServerOptions } from "./types.js";

export type { Actions, Answer, Browser, Duration, TestServer, TestServerOptions, User } from "./types.js";

/**
 * Makes a server with its own users, sessions and cookies. It has the users alice, bob and flooder with the
 * password "password1234", traq with "traq", and deactivated, suspended, nopass and BOT_alicebot, of whom none
 * can log in.
 */
export async function createTestServer(options: TestServerOptions = {}): Promise<TestServer> {
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
  return {
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
