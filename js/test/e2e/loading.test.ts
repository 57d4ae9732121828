import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { HTTPRequest } from "puppeteer-core";
import { attempt, call, type Outcome } from "./client.ts";
import { needing } from "./engine.ts";
import { useHarness } from "./harness.ts";

// Where the module comes from, and what happens where it does not come.

const eventsTest = needing("events");
const offlineTest = needing("offline");
const harness = useHarness(undefined, { requests: true });
beforeEach(() => harness.reset());

test("the module may be given in every way", async () => {
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    const address = "/pkg/traq-auth.wasm";
    const bytes = await (await fetch(address)).arrayBuffer();
    const module = await WebAssembly.compile(bytes);
    const sources = [
      address,
      new URL(address, location.href),
      bytes,
      new Uint8Array(bytes),
      module,
      () => address,
      () => fetch(address),
      () => Promise.resolve(module),
      async () => new Response(await (await fetch(address)).arrayBuffer()), // of no type
    ];
    const versions = [];
    for (const wasm of sources) {
      versions.push((await createAuthClient({ wasm }).getServerInfo()).version);
    }
    return versions;
  });
  assert.deepEqual(value, Array(9).fill("v3.28.4"));
});

/** What each load that cannot succeed says to change, by what `wasm` is. */
const refused: [wasm: string, says: RegExp][] = [
  [
    '"/pkg/nowhere.wasm"',
    /\/pkg\/nowhere\.wasm answered 404 \(text\/plain.*serve it, .*import traq-auth\/inline$/,
  ],
  [
    '"/_test/blank"',
    /\/_test\/blank answered 200 \(text\/html.*not a fallback page, or import traq-auth\/inline$/,
  ],
  [
    '"http://127.0.0.1:1/x.wasm"',
    /127\.0\.0\.1:1\/x\.wasm could not be fetched; check the connection.*or import traq-auth\/inline$/,
  ],
  ['""', /answered 200 \(text\/html/],
  ["() => fetch('/_test/blank')", /answered 200 \(text\/html/],
  ['() => new Response("", { headers: { "Content-Type": "application/wasm" } })', /answered 200/],
  ['() => new Response("")', /answered 200/],
  ['() => new Response("x", { headers: { "Content-Type": "application/wasm" } })', /answered 200/],
  [
    "() => new Response(new ReadableStream({ pull: () => Promise.reject(new Error('x')) }))",
    /Failed to fetch|AbortError|Error: x/, // as the engine has it
  ],
  ["new Uint8Array(8)", /CompileError/],
  [
    "new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0])",
    /not the one built with this JavaScript; deploy both/,
  ],
  ["7", /TypeError/],
  ["() => { throw new Error('x') }", /Error: x/],
  ["() => { throw null }", /null/],
  ["() => null", /TypeError/],
];

test("a module that does not load is wasm_load_failed, says why, and settles", async () => {
  const page = await harness.page();
  for (const [wasm, says] of refused) {
    const { error } = await attempt(
      page,
      ({ createAuthClient }, wasm) =>
        createAuthClient({ wasm: (0, eval)(wasm) as string }).login({
          name: "alice",
          password: "password1234",
        }),
      wasm,
    );
    assert.equal(error?.["code"], "wasm_load_failed", wasm);
    assert.match(String(error["message"]), /traq-auth\.wasm could not be loaded: /, wasm);
    assert.match(String(error["message"]), says, wasm);
  }
  assert.equal(await harness.server.requests(), 0);
});

test("the module of another build is refused before anything is called in it", async () => {
  const page = await harness.page();
  const { value, error } = await attempt(page, async ({ createAuthClient }) => {
    const bytes = new Uint8Array(await (await fetch("/pkg/traq-auth.wasm")).arrayBuffer());
    const last = bytes.length - 1;
    const before = (await createAuthClient({ wasm: bytes }).getServerInfo()).version;
    bytes[last] = bytes[last] === 65 ? 66 : 65; // of the mark
    await WebAssembly.compile(bytes); // it is a module all the same
    const login = createAuthClient({ wasm: bytes }).login({ name: "alice", password: "password1234" });
    return [before, await login];
  });
  assert.equal(value, undefined);
  assert.match(String(error?.["message"]), /not the one built with this JavaScript/);
  assert.equal(await harness.server.requests(), 1);
});

test("an engine that compiles no large module on a page's own thread does it aside, whatever the type", async () => {
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    let refused = 0;
    // As Chromium up to version 113: https://groups.google.com/a/chromium.org/g/blink-dev/c/nJw2zwaiJ2s
    WebAssembly.Module = new Proxy(WebAssembly.Module, {
      construct(target, [bytes]: [ArrayBuffer]) {
        if (bytes.byteLength > 4096) {
          refused++;
          throw new RangeError("WebAssembly.Compile is disallowed on the main thread");
        }
        return new target(bytes);
      },
    });
    await createAuthClient({ wasm: "/pkg/traq-auth.wasm" }).ready();
    const bytes = await (await fetch("/pkg/traq-auth.wasm")).arrayBuffer();
    await createAuthClient({ wasm: () => new Response(bytes) }).ready();
    return refused;
  });
  assert.equal(value, 2);
});

eventsTest("a policy that stops the module is named", async () => {
  const page = await harness.page();
  const client = async (policy: string): Promise<Outcome> => {
    await page.setRequestInterception(true);
    const answer = (request: HTTPRequest): void => {
      void (request.isNavigationRequest()
        ? request.respond({
            contentType: "text/html",
            headers: { "Content-Security-Policy": policy },
            body: "<!doctype html>",
          })
        : request.continue());
    };
    page.on("request", answer);
    await page.goto(`${harness.server.origin}/_test/blank`);
    page.off("request", answer);
    await page.setRequestInterception(false);
    return call(page, "getServerInfo");
  };
  const { error } = await client("script-src 'self'");
  assert.equal(error?.["code"], "wasm_load_failed");
  assert.match(String(error["message"]), /Content-Security-Policy forbids it; add 'wasm-unsafe-eval'/);
  assert.equal((await client("script-src 'self' 'wasm-unsafe-eval'")).error, undefined);
  const unfetched = await client("connect-src 'none'");
  assert.match(
    String(unfetched.error?.["message"]),
    /could not be fetched; check .*connect-src, or import traq-auth\/inline$/,
  );
});

test("where there is no WebAssembly, another browser is advised", async () => {
  const page = await harness.page();
  const { error } = await attempt(page, ({ createAuthClient }) => {
    delete (globalThis as Partial<typeof globalThis>).WebAssembly; // as in a lockdown mode
    return createAuthClient().getServerInfo();
  });
  assert.equal(error?.["code"], "wasm_load_failed");
  assert.match(String(error["message"]), /no WebAssembly; take another browser/);
});

offlineTest("offline, the connection is blamed, and the next call tries again", async () => {
  const page = await harness.page();
  await page.evaluate(() => import("/pkg/index.js")); // the page itself is there
  await page.setOfflineMode(true);
  const offline = await call(page, "getServerInfo");
  await page.setOfflineMode(false);
  assert.equal(offline.error?.["code"], "wasm_load_failed");
  assert.equal(offline.error["retryable"], true);
  assert.match(
    String(offline.error["message"]),
    /traq-auth\.wasm could not be fetched; check the connection/,
  );
  assert.equal((await call(page, "getServerInfo")).error, undefined);
});

eventsTest("a load that failed is tried again by the next call", async () => {
  const page = await harness.page();
  await page.setRequestInterception(true);
  const refuse = (request: HTTPRequest): void => {
    void (request.url().endsWith("traq-auth.wasm") ? request.abort() : request.continue());
  };
  page.on("request", refuse);
  const first = await attempt(page, ({ createAuthClient }) => createAuthClient().getServerInfo());
  assert.equal(first.error?.["code"], "wasm_load_failed");
  page.off("request", refuse);
  await page.setRequestInterception(false);
  const second = await attempt(page, ({ createAuthClient }) => createAuthClient().getServerInfo());
  assert.equal((second.value as { version: string }).version, "v3.28.4");
});
