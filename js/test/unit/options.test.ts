import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { createAuthClient } from "../../src/client.ts";
import type { AuthClientOptions } from "../../src/option-types.ts";
import { environment } from "./environment.ts";
import { module } from "./module.ts";

const alice = { name: "alice", password: "password1234" } as const;

/** A client, and the addresses that it asks. */
function open(options: AuthClientOptions = {}): {
  auth: ReturnType<typeof createAuthClient>;
  asked: string[];
} {
  const asked: string[] = [];
  const fetch = (url: unknown): Promise<Response> => {
    asked.push(String(url));
    return Promise.resolve(new Response(null, { status: 204 }));
  };
  return { auth: createAuthClient({ wasm: module, fetch, storage: null, ...options }), asked };
}

/** What a page is, and what becomes of baseURL in it. */
const pages: [
  page: string,
  location: string | undefined,
  origin: string | undefined,
  baseURL: string | undefined,
  asked: string | RegExp,
][] = [
  ["a page", "https://q.example/a/b?c#d", "https://q.example", undefined, "https://q.example/api/v3/login"],
  ["a page, relative", "https://q.example/a/b", "https://q.example", "api", "https://q.example/a/api/login"],
  [
    "a page with a user name",
    "https://staging:s%40@q.example/a",
    "https://q.example",
    undefined,
    "https://q.example/api/v3/login",
  ],
  [
    "a page with a user name, given whole",
    "https://u:p@q.example/a",
    "https://q.example",
    "https://u:p@q.example/x",
    "https://q.example/x/login",
  ],
  [
    "a page with a user name, given another",
    "https://u:p@q.example/",
    "https://q.example",
    "https://o:p@q.example/x",
    /baseURL must be without a user name/,
  ],
  [
    "a page, given a user name",
    "https://q.example/a",
    "https://q.example",
    "https://u:p@q.example/x",
    /baseURL must be without a user name/,
  ],
  ["about:srcdoc", "about:srcdoc", "https://q.example", undefined, "https://q.example/api/v3/login"],
  [
    "a blob: worker",
    "blob:https://q.example/0-1",
    "https://q.example",
    undefined,
    "https://q.example/api/v3/login",
  ],
  [
    "a sandboxed frame",
    "about:srcdoc",
    "null",
    undefined,
    /baseURL must be an absolute address here.* \/api\/v3 /,
  ],
  ["a data: worker", "data:text/javascript,0", "null", undefined, /absolute address here/],
  ["a file", "file:///index.html", "null", undefined, /absolute address here/],
  [
    "an extension",
    "chrome-extension://abc/popup.html",
    "chrome-extension://abc",
    undefined,
    /absolute address here/,
  ],
  [
    "a file, given whole",
    "file:///index.html",
    "null",
    "https://q.example/api",
    "https://q.example/api/login",
  ],
  ["a server", undefined, undefined, undefined, /absolute address here/],
  ["a server, given a user name", undefined, undefined, "https://u:p@q.example", /without a user name/],
  ["a server, given no web address", undefined, undefined, "ftp://q.example", /an http or https address/],
];

for (const [page, href, origin, baseURL, expected] of pages) {
  test(`${page}: where the API is`, async (t) => {
    environment(t, { location: href && { href }, origin, document: { baseURI: "https://evil.example/" } });
    const { auth, asked } = open({ baseURL, credentials: "same-origin" });
    const error = await auth.login(alice).then(() => undefined, String);
    if (typeof expected === "string") {
      assert.deepEqual([error, asked[0]], [undefined, expected]);
    } else {
      assert.match(String(error), expected);
      assert.deepEqual(asked, []);
    }
    auth.dispose();
  });
}

test("addresses are what they were when the client was made", async (t) => {
  const location = { href: "https://q.example/a/b" };
  environment(t, { location, origin: "https://q.example" });
  const { auth, asked } = open({ baseURL: "api" });
  location.href = "https://q.example/elsewhere/c";
  await auth.login(alice);
  location.href = "https://q.example/x/y/z";
  await auth.login(alice);
  assert.deepEqual(
    [...new Set(asked)],
    ["https://q.example/a/api/login", "https://q.example/a/api/users/me"],
  );
  auth.dispose();
});

test("a client that was made before there was a page has that of its first call", async (t) => {
  const { auth, asked } = open();
  await assert.rejects(auth.login(alice), { code: "invalid_argument" });
  const location = { href: "https://q.example/a" };
  environment(t, { location, origin: "https://q.example" });
  await auth.login(alice);
  location.href = "https://other.example/";
  await auth.login(alice);
  assert.deepEqual(
    [...new Set(asked)],
    ["https://q.example/api/v3/login", "https://q.example/api/v3/users/me"],
  );
  auth.dispose();
});

for (const origin of [
  "http://q.test@evil.test",
  "http://q.test:80@evil.test",
  "https://@evil.test",
  "https://q.test/path",
  "https://q.test//",
  "https://q.test/.",
  "https://q.test?",
  "https://q.test?a",
  "https://q.test#",
  "https://q.test\\",
  "https:evil.test",
  "https:/evil.test",
  "https:///evil.test",
  "https:\\\\evil.test",
  "//evil.test",
  "evil.test",
  "null",
  "*",
  "https://*",
  "https://*.evil.test",
  "",
  " https://q.test",
  "https://q.test\n",
  "https://q\t.test",
  "javascript:alert(1)",
  "ftp://q.test",
  "data:,x",
  "blob:https://q.test/0",
  "https://",
  "https://q.test:99999",
  new URL("https://q.test/path"),
  new URL("https://u@q.test"),
  new URL("https://q.test?a"),
  null,
  7,
  {},
  { href: "null" },
]) {
  test(`allowedRedirectOrigins refuses ${JSON.stringify(origin)}`, () => {
    assert.throws(() => createAuthClient({ allowedRedirectOrigins: [origin as string] }), {
      code: "invalid_argument",
    });
  });
}

test("allowedRedirectOrigins takes an origin however it is written", async () => {
  for (const origin of [
    "https://q.test",
    "https://q.test/",
    "HTTPS://Q.Test:443",
    new URL("https://q.test"),
  ]) {
    const { auth } = open({ baseURL: "https://api.test/api/v3", allowedRedirectOrigins: [origin] });
    await assert.rejects(auth.login(alice, { redirect: "https://evil.test/" }), { code: "unsafe_redirect" });
    await assert.doesNotReject(auth.logout({ redirect: "https://q.test/there" }));
    auth.dispose();
  }
});

// What an iframe, an edge runtime or jsdom made is no instance of a class here.
test("what another realm made is taken for what it does", async () => {
  const realm = runInNewContext("({ WebAssembly, Uint8Array })") as typeof globalThis;
  const bytes = new realm.Uint8Array(WebAssembly.Module.customSections.length); // of that realm, and no module
  await assert.rejects(open({ wasm: bytes, baseURL: "https://q.test" }).auth.ready(), /CompileError/);
  class Address {
    readonly href = "https://q.test/api/v3";
  }
  const { auth, asked } = open({ baseURL: new Address() as unknown as URL });
  const listeners: (() => void)[] = [];
  const signal = {
    aborted: false,
    reason: "mine",
    addEventListener: (_: string, listener: () => void) => listeners.push(listener),
    removeEventListener: () => undefined,
  } as unknown as AbortSignal;
  const aborted = assert.rejects(auth.login(alice, { signal }), (reason) => reason === "mine");
  listeners.forEach((abort) => abort());
  await aborted;
  await auth.logout({ redirect: new Address() as unknown as URL, signal: null as unknown as AbortSignal });
  assert.equal(asked.length, 1);
  auth.dispose();
});

test("what is on Object.prototype, which no loop sees, was given by nobody", async (t) => {
  const asked: unknown[] = [];
  const steal = (...request: unknown[]): Promise<Response> => {
    asked.push(request);
    return Promise.reject(new Error("evil"));
  };
  for (const [name, value] of Object.entries({ fetch: steal, all: () => 1, redirect: 1, timeout: "x" })) {
    Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
    t.after(() => Reflect.deleteProperty(Object.prototype, name));
  }
  environment(t, { fetch: () => Promise.resolve(new Response(null, { status: 204 })) });
  const auth = createAuthClient({ baseURL: "https://q.test", wasm: module, storage: null });
  await auth.logout();
  await auth.logout({});
  assert.deepEqual(asked, []);
  auth.dispose();
});

for (const [what, accessToken] of [
  ["a text", ""],
  ["a function's", () => ""],
  ["a promise's", () => Promise.resolve("")],
] as const) {
  test(`an access token that is empty, ${what}, sends nothing: not the cookie in its place`, async () => {
    const { auth, asked } = open({ baseURL: "https://q.test", accessToken });
    await assert.rejects(auth.getUser(), { code: "invalid_argument", message: /accessToken must be/ });
    assert.deepEqual(asked, []);
    auth.dispose();
  });
}

test("a signal that is no AbortSignal is refused before anything is sent", async () => {
  const { auth } = open({ baseURL: "https://q.test", fetch: () => assert.fail("it is sent") });
  for (const signal of [false, 0, "", true, {}, { aborted: false }]) {
    const refused = { code: "invalid_argument", message: /signal must be an AbortSignal/ };
    await assert.rejects(auth.logout({ signal: signal as never }), refused);
  }
  auth.dispose();
});

test("a polluted Object.prototype neither chooses the module nor has an answer end it", async (t) => {
  const id = "01a207ab-7610-7cca-92e9-2da640e2838e";
  const user = Buffer.from(JSON.stringify({ id, name: "alice", displayName: "X", iconFileId: id }));
  user[user.indexOf("X")] = 0xff; // no UTF-8
  const { auth } = open({ baseURL: "https://q.test", fetch: () => Promise.resolve(new Response(user)) });
  const polluted = { href: "data:application/wasm,evil", fatal: true };
  Object.assign(Object.prototype, polluted);
  const clean = (): void =>
    Object.keys(polluted).forEach((name) => Reflect.deleteProperty(Object.prototype, name));
  t.after(clean);
  const outcome = await auth.getUser().then(({ displayName }) => displayName, String);
  clean();
  assert.equal(outcome, "\ufffd");
  auth.dispose();
});

test("what is on a polluted Object.prototype was given by nobody", async (t) => {
  const polluted: Readonly<Record<string, unknown>> = {
    baseURL: "https://evil.test",
    fetch: () => Promise.reject(new Error("evil")),
    accessToken: "evil",
    timeout: "x",
    signal: "x",
    credentials: "include",
    retries: -1,
    wasm: "https://evil.test",
    mode: "no-cors",
    integrity: "x",
    keepalive: true,
    body: "x",
  };
  // Node's own Response fails where Object.prototype has a body.
  const answer = {
    ...{ status: 204, type: "basic", redirected: false, ok: true, headers: new Headers(), body: null },
    arrayBuffer: () => Promise.resolve(new ArrayBuffer(0)),
  } as unknown as Response;
  const inits: RequestInit[] = [];
  const { auth } = open({
    baseURL: "https://q.test",
    fetch: (_, init = {}) => {
      inits.push(init);
      return Promise.resolve(answer);
    },
  });
  Object.assign(Object.prototype, polluted);
  const clean = (): void =>
    Object.keys(polluted).forEach((name) => Reflect.deleteProperty(Object.prototype, name));
  t.after(clean);
  const other = open();
  const calls = [auth.logout({}), auth.logout({ all: false }), auth.logout()];
  const outcomes = await Promise.allSettled(calls);
  const refused = await other.auth.logout().catch(String);
  const seen = inits.map(({ mode, integrity, keepalive, body }) => [mode, integrity, keepalive, body]);
  clean();
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ["fulfilled", "fulfilled", "fulfilled"],
  );
  assert.match(refused as string, /baseURL must be an absolute address/);
  assert.deepEqual(seen, Array(3).fill([undefined, undefined, undefined, null]));
  auth.dispose();
  other.auth.dispose();
});
