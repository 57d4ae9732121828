import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import withCookies from "fetch-cookie";
import { Window } from "happy-dom";
import { JSDOM } from "jsdom";
import type { Outcome } from "../e2e/client.ts";
import { startServer, type TestServer } from "../e2e/server.ts";
import { packageScript, pageScript } from "./bundle.ts";
import { play, type Run } from "./scenario.ts";

// Where people test their pages: the package runs in a realm of its own within
// Node, beside a document that is none of a browser's, and lacks what those who
// made the document did not make.

let server: TestServer;
let script: string;
before(async () => {
  [server, script] = await Promise.all([startServer(), packageScript()]);
});
after(() => server.close());
beforeEach(() => server.reset());

const unhandled: unknown[] = [];
process.on("unhandledRejection", (reason) => unhandled.push(reason));
afterEach(() => assert.deepEqual(unhandled.splice(0), []));

/** A realm, by the function that runs a script in it. */
type Evaluate = (source: string) => unknown;

/** Runs tasks in a realm, with its client. */
function inRealm(evaluate: Evaluate): Run {
  evaluate("globalThis.__name = (f) => f;"); // tsx wraps named functions in this one
  evaluate(script);
  return async (task) =>
    JSON.parse(
      (await evaluate(`(async () => {
        globalThis.theClient ??= traqAuth.createAuthClient({ fetch: globalThis.givenFetch });
        try {
          return JSON.stringify({ value: (await (${task.toString()})(globalThis.theClient, globalThis)) ?? null });
        } catch (error) {
          return JSON.stringify({ error });
        }
      })()`)) as string,
    ) as Outcome;
}

/** The realm of a jsdom window; it knows neither fetch and Response nor TextEncoder. */
function openJSDOM(): { evaluate: Evaluate; window: Record<string, unknown> } {
  const { window } = new JSDOM("", { url: `${server.origin}/`, runScripts: "outside-only" });
  assert.equal(typeof window.eval("globalThis.Response"), "undefined");
  assert.equal(window.eval("typeof TextEncoder"), "undefined");
  return {
    evaluate: (source) => window.eval(source),
    window: window,
  };
}

test("in jsdom, with Node's fetch given", async () => {
  const { evaluate, window } = openJSDOM();
  window["givenFetch"] = withCookies(fetch);
  await play(server, inRealm(evaluate));
});

test("in jsdom, with whatwg-fetch over its XMLHttpRequest", async () => {
  const { evaluate } = openJSDOM();
  evaluate(await pageScript("whatwg-fetch"));
  await play(server, inRealm(evaluate));
  assert.ok((evaluate("seen") as string[]).includes("POST /api/v3/login"));
});

test("in jsdom, with Node's globals put in, as many a setup file does", async () => {
  const { evaluate, window } = openJSDOM();
  Object.assign(window, { fetch: withCookies(fetch), Response, Request, Headers, TextEncoder, TextDecoder });
  await play(server, inRealm(evaluate));
});

test("in happy-dom, with its own fetch", async (t) => {
  const window = new Window({
    url: `${server.origin}/`,
    settings: { enableJavaScriptEvaluation: true, suppressInsecureJavaScriptEnvironmentWarning: true },
  });
  t.after(() => window.happyDOM.close());
  await play(
    server,
    inRealm((source) => window.eval(source) as unknown),
  );
});

/** What of Node's own a jsdom client may be given; each as an expression of a client's options. */
const foreign: [what: string, options: Record<string, unknown>][] = [
  ["a URL", { baseURL: new URL("http://placeholder/api/v3") }],
  ["a URL, for authURL", { authURL: new URL("http://placeholder/api/auth") }],
  ["a URL among the origins", { allowedRedirectOrigins: [new URL("https://elsewhere.example")] }],
  ["an array of origins", { allowedRedirectOrigins: ["https://elsewhere.example"] }],
];

for (const [what, options] of foreign) {
  test(`a jsdom realm's client is given ${what} of Node's`, async () => {
    const { evaluate, window } = openJSDOM();
    for (const [name, value] of Object.entries(options)) {
      const here = value instanceof URL && name !== "allowedRedirectOrigins";
      window[name] = here ? new URL(value.pathname, server.origin) : value;
    }
    const run = inRealm(evaluate);
    window["givenFetch"] = withCookies(fetch);
    evaluate(`globalThis.theClient = traqAuth.createAuthClient({
      fetch: givenFetch, ${Object.keys(options).join(", ")}
    })`);
    const { value, error } = await run(async (auth) => [
      (await auth.getServerInfo()).version,
      new URL((await auth.loginWith("oidc", { navigate: false })).url).pathname,
    ]);
    assert.deepEqual(value, ["v3.28.4", "/api/auth/oidc"], JSON.stringify(error));
  });
}

test("a jsdom realm's client is given a signal of Node's", async () => {
  const { evaluate, window } = openJSDOM();
  const run = inRealm(evaluate);
  window["givenFetch"] = withCookies(fetch);
  window["NodeAbortController"] = AbortController;
  await server.act("answer", { path: "/api/v3/version", status: 200, wait: 3_600_000 });
  const { value, error } = await run(async (auth, realm) => {
    const Controller = (realm as unknown as { NodeAbortController: typeof AbortController })
      .NodeAbortController;
    const controller = new Controller();
    realm.setTimeout(() => controller.abort("enough"), 50);
    return auth.getServerInfo({ signal: controller.signal }).catch((reason: unknown) => reason);
  });
  assert.equal(value, "enough", JSON.stringify(error));
});
