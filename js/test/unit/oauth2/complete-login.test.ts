import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import type { AuthError } from "../../../src/errors.ts";
import type { OAuth2Client } from "../../../src/oauth2/types.ts";
import { oauth2Module } from "../module.ts";
import {
  begin,
  codeOf,
  createClient,
  createWorld,
  json,
  page,
  quickStorage,
  signIn,
  turn,
  type World,
} from "./traq.ts";

// An answer of the server's counts once, for all who ask at the same time.

const completed = { returnTo: null };

// The page, which shows an address.
beforeEach(() => {
  const location = { href: "https://app.example/", origin: "https://app.example" };
  const replaceState = (_: unknown, __: string, url: URL): unknown => (location.href = url.href);
  Object.assign(globalThis, { location, history: { state: null, replaceState } });
});
afterEach(() => {
  for (const name of ["location", "history"]) {
    Reflect.deleteProperty(globalThis, name);
  }
});

const open = (
  t: { after: (end: () => void) => void },
  world = createWorld(),
): { auth: OAuth2Client; world: World } => {
  const auth = createClient(world, { storage: quickStorage() });
  t.after(auth.dispose);
  return { auth, world };
};

test("calls at the same time share one result, with an address or with the page's", async (t) => {
  const { auth, world } = open(t);
  const url = await begin(auth);
  location.href = url;
  const results = await Promise.all([
    auth.completeLogin(),
    auth.completeLogin(url),
    auth.completeLogin(new URL(url)),
    auth.completeLogin(),
  ]);
  assert.deepEqual(results, Array(4).fill(completed));
  assert.equal(location.href, "https://app.example/callback");
  assert.equal(world.requests.filter((request) => request.includes("/token")).length, 1);
  assert.equal(await auth.completeLogin(url), null);
  assert.equal(await auth.completeLogin(), null);
});

test("who gives up leaves the others what they wait for", async (t) => {
  const { auth } = open(t);
  const url = await begin(auth);
  const controller = new AbortController();
  const given = codeOf(auth.completeLogin(url, { signal: controller.signal }));
  const other = auth.completeLogin(url);
  controller.abort("enough");
  assert.equal(await given, "enough");
  assert.deepEqual(await other, completed);
});

test("two answers at the same time are each completed", async (t) => {
  const { auth } = open(t);
  const urls = [await begin(auth, "alice"), await begin(auth, "bob")];
  assert.deepEqual(await Promise.all(urls.map((url) => auth.completeLogin(url))), [completed, completed]);
});

/** What keeps a login from being completed, and whether the same call may then succeed. */
for (const [what, code, retryable, fail, options = {}] of [
  ["the module is not to be had", "wasm_load_failed", true, () => undefined],
  ["the module is late", "timeout", true, () => undefined, { timeout: 50 }],
  ["the call is aborted before", "AbortError", undefined, () => undefined, { signal: AbortSignal.abort() }],
  ["the network fails", "network_error", false, () => Promise.reject(new TypeError("fetch failed"))],
  ["the answer is late", "timeout", false, () => new Promise(() => undefined), { timeout: 50 }],
  ["the server fails", "server_error", false, () => json({ message: "Internal Server Error" }, 500)],
  ["there are too many", "rate_limited", false, () => json({ message: "rate limit exceeded" }, 429)],
  ["a gateway refuses", "invalid_response", false, () => page(403)],
  ["the code is wrong", "invalid_grant", false, () => json({ error: "invalid_grant" }, 400)],
] as readonly [
  string,
  string,
  boolean | undefined,
  () => Response | Promise<Response> | undefined,
  { timeout?: number; signal?: AbortSignal }?,
][]) {
  for (const isPages of [true, false]) {
    test(`where ${what}, ${retryable === false ? "the login is to be begun anew" : "the same call succeeds later"}, with ${isPages ? "the page's address" : "an address"}`, async (t) => {
      const world = createWorld();
      const storage = quickStorage();
      const first = createClient(world, { storage });
      t.after(first.dispose);
      const url = await begin(first);
      let isThere = !what.startsWith("the module");
      const auth = createClient(world, {
        storage,
        wasm: () =>
          isThere
            ? oauth2Module
            : code === "timeout"
              ? new Promise<never>(() => undefined)
              : Promise.reject(new TypeError("not there")),
      });
      t.after(auth.dispose);
      if (isPages) {
        location.href = url;
      }
      const complete = (options?: {
        timeout?: number;
        signal?: AbortSignal;
      }): ReturnType<typeof auth.completeLogin> => auth.completeLogin(isPages ? undefined : url, options);
      world.handler = fail;
      const error = (await complete(options).catch((error: unknown) => error)) as AuthError;
      assert.equal(retryable === undefined ? error.name : error.code, code);
      assert.equal(error.retryable, retryable);
      assert.equal(location.href, isPages ? "https://app.example/callback" : "https://app.example/");
      isThere = true;
      world.handler = undefined;
      await turn();
      if (retryable === false) {
        assert.equal(await codeOf(complete()), isPages ? null : "login_not_started");
        assert.equal(world.alive.size, 0);
      } else {
        assert.deepEqual(world.requests, []);
        assert.deepEqual(await complete(), completed);
        assert.equal(await complete(), null);
      }
    });
  }
}

test("an error in the answer is not to be tried again", async (t) => {
  const { auth } = open(t);
  const url = (await begin(auth)).replace("code=alice", "error=temporarily_unavailable");
  await assert.rejects(auth.completeLogin(url), { code: "server_error", retryable: false });
  assert.equal(await codeOf(auth.completeLogin(url)), "login_not_started");
});

test("an answer that is none is not that of another call", async (t) => {
  const { auth } = open(t);
  const url = await begin(auth);
  location.href = url;
  const login = auth.completeLogin();
  assert.equal(await auth.completeLogin("https://app.example/callback"), null);
  assert.equal(await codeOf(auth.completeLogin("https://app.example/callback?code=c")), "state_mismatch");
  assert.deepEqual(await login, completed);
});

test("a login that is completed later is the one whose answer came last", async (t) => {
  const { auth } = open(t);
  const urls = [await begin(auth, "alice"), await begin(auth, "bob")] as const;
  for (const url of urls) {
    location.href = url;
    await codeOf(auth.completeLogin(undefined, { signal: AbortSignal.abort() }));
  }
  assert.deepEqual(await auth.completeLogin(), completed);
  assert.equal(auth.getSnapshot().user?.name, "bob");
});

test("whoever was signed in before still is, where a login fails", async (t) => {
  const { auth, world } = open(t);
  await signIn(auth, "alice");
  const url = await begin(auth, "bob");
  world.handler = (request) => (request.includes("/token") ? page(403) : undefined);
  await codeOf(auth.completeLogin(url));
  assert.equal(auth.getSnapshot().user?.name, "alice");
  assert.equal(await auth.getAccessToken(), "access1");
});

test("an answer's address that cannot be resolved is not told with its code", async (t) => {
  const { auth } = open(t);
  Reflect.deleteProperty(globalThis, "location");
  for (const url of ["/callback?code=the-code&state=the-state", "?code=the-code", "//[?code=the-code"]) {
    const error = (await auth.completeLogin(url).catch((error: unknown) => error)) as Error;
    assert.doesNotMatch(`${error.stack ?? ""}${JSON.stringify(error)}`, /the-/);
    assert.match(error.message, /url must be/);
  }
});

for (const [form, shown, of] of [
  ["as a path", "", ({ pathname, search }: URL) => pathname + search],
  ["as a query", "", ({ search }: URL) => search],
  ["with the page's fragment", "#top", ({ href }: URL) => `${href}#top`],
] as const) {
  test(`the page's answer is cleaned before it is used, where it is given ${form}`, async (t) => {
    const { auth, world } = open(t);
    const url = new URL(await begin(auth));
    location.href = url.href + shown;
    const addresses: string[] = [];
    world.handler = () => void addresses.push(location.href);
    assert.deepEqual(await auth.completeLogin(of(url)), completed);
    assert.ok(addresses.length > 1);
    assert.deepEqual([...new Set(addresses)], [`https://app.example/callback${shown}`]);
  });
}

for (const where of ["here", "in another tab"]) {
  test(`a logout ${where} while the module loads for a login is a logout`, async (t) => {
    const world = createWorld();
    const items = new Map<string, string>();
    Object.assign(location, { origin: "https://app.example" });
    const other = createClient(world, { storage: quickStorage(items) });
    t.after(other.dispose);
    const url = await begin(other);
    await signIn(other, "bob");
    let give!: (module: WebAssembly.Module) => void;
    const wasm = (): Promise<WebAssembly.Module> => new Promise((resolve) => (give = resolve));
    const auth = createClient(world, { storage: quickStorage(items), wasm });
    t.after(auth.dispose);
    const ended = codeOf(auth.completeLogin(url));
    await turn();
    if (where === "here") {
      void auth.logout(); // which waits for the module, too
      await turn();
    } else {
      await other.logout();
      await new Promise((resolve) => setTimeout(resolve, 30)); // its message comes
    }
    give(oauth2Module);
    assert.equal(await ended, "not_authenticated");
    await world.quiet();
    assert.deepEqual([auth.getSnapshot().status, [...world.alive]], ["signed-out", []]);
  });
}
