import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { useHarness } from "./harness.ts";
import * as app from "./oauth2.ts";

// Where the OAuth2 client has its token and a login that is under way, and what
// becomes of them where there is no storage.

const harness = useHarness();
beforeEach(() => harness.reset());

const name = (value: unknown): unknown => (value as { name?: string } | undefined)?.name ?? value;
const user = (page: Parameters<typeof app.code>[0], options?: app.Options): Promise<unknown> =>
  app.code(page, harness, ".getUser()", options).then(name);

for (const [storage, reloaded, elsewhere] of [
  [undefined, "alice", "not_authenticated"],
  ["sessionStorage", "alice", "not_authenticated"],
  ["localStorage", "alice", "alice"],
  ["null", "not_authenticated", "not_authenticated"],
] as const) {
  test(`with the storage ${storage ?? "as it is"}, the same tab is then ${reloaded}, another ${elsewhere}`, async () => {
    const page = await app.openApp(harness);
    const options = storage === undefined ? {} : { storage };
    assert.deepEqual(await app.signIn(page, harness, options), { value: { returnTo: null } });
    assert.equal(await user(page, options), "alice");
    await page.reload();
    assert.equal(await user(page, options), reloaded);
    const tab = await app.openTab(page, harness);
    await tab.evaluate("sessionStorage.clear()"); // as one has that was opened by hand
    assert.equal(await user(tab, options), elsewhere);
  });
}

test("a login that another tab has started is completed where the tabs share a storage", async () => {
  const page = await app.openApp(harness);
  const options = { storage: "localStorage" };
  const url = await app.consent(page, harness, {}, options);
  const tab = await app.openTab(page, harness);
  await tab.goto(url);
  assert.deepEqual(await app.code(tab, harness, ".completeLogin()", options), { returnTo: null });
  assert.equal(await user(page, options), "alice", "the first tab, too");
  assert.equal(await app.code(page, harness, ".completeLogin()", options), null);
});

test("two logins at a time are each completed", async () => {
  const page = await app.openApp(harness);
  const first = await app.consent(page, harness, { returnTo: "/1" });
  await page.goto(app.redirectURI(harness));
  const second = await app.consent(page, harness, { returnTo: "/2" });
  await page.goto(app.redirectURI(harness));
  for (const [url, returnTo] of [
    [first, "/1"],
    [second, "/2"],
  ] as const) {
    assert.deepEqual(await app.code(page, harness, `.completeLogin(${JSON.stringify(url)})`), {
      returnTo: harness.server.other + returnTo,
    });
  }
});

/** What a page's storage is made to do, before the client is. */
const broken = {
  "is not let at": `["sessionStorage", "localStorage"].forEach((name) => {
    Object.defineProperty(globalThis, name, { get() { throw new DOMException("no", "SecurityError"); } });
  })`,
  "is full": `Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); }`,
  forgets: `Storage.prototype.setItem = () => {}`,
};

for (const [what, breaking] of Object.entries(broken)) {
  test(`where the storage ${what}, a login in a popup works, and one that leaves the page says what is wrong`, async () => {
    const page = await app.openApp(harness);
    await page.evaluate(`(${breaking}, 0)`);
    const popup = await app.openTab(page, harness);
    await app.follow(popup, await app.start(page, harness));
    const url = JSON.stringify(await app.press(popup, "Allow"));
    assert.deepEqual(await app.code(page, harness, `.completeLogin(${url})`), { returnTo: null });
    assert.equal(await user(page), "alice");
    assert.equal(await app.code(page, harness, ".logout()"), null);
    assert.equal(await user(page), "not_authenticated");

    await app.consent(page, harness);
    await page.evaluate("sessionStorage.clear()");
    await page.evaluate(`(${breaking}, 0)`);
    const { error } = await app.on(page, harness, ".completeLogin()");
    assert.equal(error?.["code"], "login_not_started");
  });
}

test("a popup tells its address to the page that has opened it", async () => {
  const page = await app.openApp(harness);
  const popup = await app.openTab(page, harness);
  const url = await app.start(page, harness, { returnTo: "/inbox" });
  await app.follow(popup, url);
  await app.press(popup, "Allow");
  await page.evaluate(`(globalThis.heard = new Promise((resolve) => {
    new BroadcastChannel("popup").onmessage = ({ data }) => resolve(data);
  }), 0)`);
  await popup.evaluate(`new BroadcastChannel("popup").postMessage(location.href)`);
  assert.deepEqual(await app.code(page, harness, ".completeLogin(await globalThis.heard)"), {
    returnTo: `${harness.server.other}/inbox`,
  });
  assert.equal(await user(page), "alice");
});

test("a popup keeps its name on the way to the server and back, by which it is known", async (t) => {
  const page = await app.openApp(harness);
  await app.signIn(page, harness); // the next time nobody is asked
  const url = await app.start(page, harness, { prompt: "none" });
  const there = await page.evaluate(async (url) => {
    const popup = open("", "", "popup,width=480,height=640");
    if (!popup) {
      return undefined; // this engine has none without a click
    }
    popup.name = new URL(url).searchParams.get("state") ?? "";
    popup.location.assign(url);
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      try {
        if (popup.location.search) {
          return [popup.location.href, popup.name];
        }
      } catch {} // it is at the server
    }
  }, url);
  if (!there) {
    t.skip("there is no popup");
    return;
  }
  const [answer = "", name] = there;
  assert.equal(new URL(answer).searchParams.get("state"), name);
  assert.deepEqual(await app.code(page, harness, `.completeLogin(${JSON.stringify(answer)})`), {
    returnTo: null,
  });
  await page.evaluate((name) => open("", name)?.close(), name);
});

test("a storage of the caller's is used for all, and may take its time", async () => {
  const page = await app.openApp(harness);
  const storage = `(globalThis.theirs ??= {
    async getItem(key) { await 0; return localStorage.getItem("theirs " + key); },
    async setItem(key, value) { await 0; localStorage.setItem("theirs " + key, value); },
    async removeItem(key) { await 0; localStorage.removeItem("theirs " + key); },
  })`;
  assert.deepEqual(await app.signIn(page, harness, { storage }), { value: { returnTo: null } });
  await page.reload();
  assert.equal(await user(page, { storage }), "alice");
  assert.equal(await page.evaluate("Object.keys(sessionStorage).length"), 0);
});

// What any script of the origin can write: it counts only where it is what would be written.
const uuid = "0197a1f4-3b5e-7c7a-9d5e-2f1a6b3c4d5e";
const token = { access: "t", refresh: null, scope: "read", due: null, login: "" };
const login = { state: "s".repeat(43), verifier: "v".repeat(43), returnTo: null, time: 0 };
for (const [what, key, values] of [
  [
    "token",
    "token",
    [
      "",
      "null",
      "1",
      "[]",
      "{}",
      "{",
      '"t"',
      JSON.stringify({ ...token, access: "" }),
      JSON.stringify({ ...token, access: 1 }),
      JSON.stringify({ ...token, access: null }),
      JSON.stringify({ ...token, access: "t\r\nX: y" }),
      JSON.stringify({ ...token, access: "t t" }),
      JSON.stringify({ ...token, access: "ü" }),
      JSON.stringify({ ...token, access: "t".repeat(4097) }),
      JSON.stringify({ ...token, refresh: "" }),
      JSON.stringify({ ...token, refresh: {} }),
      JSON.stringify({ ...token, refresh: "a b" }),
      JSON.stringify({ ...token, scope: null }),
      JSON.stringify({ ...token, scope: ["read"] }),
      JSON.stringify({ ...token, due: "1" }),
      JSON.stringify({ ...token, due: {} }),
      JSON.stringify({ ...token, login: null }),
      JSON.stringify({ ...token, more: 1 }),
      JSON.stringify(token).replace("}", ',"due":0}'),
      JSON.stringify(token).replace("{", '{"__proto__":{"access":"t"},'),
      ` ${JSON.stringify(token)}`,
      JSON.stringify(Object.fromEntries(Object.entries(token).reverse())),
      JSON.stringify({ access: "t" }),
      JSON.stringify({ all: false, user: uuid }),
      "x".repeat(100_000),
    ],
  ],
  [
    "login",
    "login",
    [
      "",
      "null",
      "[]",
      "{}",
      '{"list":null}',
      '{"list":{}}',
      '{"list":[null]}',
      '{"list":[1]}',
      '{"list":[{}]}',
      JSON.stringify({ list: [login], more: 1 }),
      JSON.stringify({ list: [{ ...login, state: "s" }] }),
      JSON.stringify({ list: [{ ...login, state: 1 }] }),
      JSON.stringify({ list: [{ ...login, verifier: "v+".repeat(21) + "v" }] }),
      JSON.stringify({ list: [{ ...login, returnTo: "https://evil.example/" }] }),
      JSON.stringify({ list: [{ ...login, returnTo: "javascript:alert(1)" }] }),
      JSON.stringify({ list: [{ ...login, returnTo: "/inbox" }] }),
      JSON.stringify({ list: [{ ...login, returnTo: 1 }] }),
      JSON.stringify({ list: [{ ...login, time: null }] }),
      JSON.stringify({ list: [{ ...login, time: "0" }] }),
    ],
  ],
  [
    "revocation",
    "revoke",
    [
      "",
      "null",
      "[]",
      "{}",
      '{"list":null}',
      '{"list":"t"}',
      '{"list":[1]}',
      '{"list":["a b"]}',
      '{"list":["t\\r\\n"]}',
    ],
  ],
] as const) {
  test(`a stored ${what} that is not one leaves the client as if nothing had been there`, async () => {
    const page = await app.openApp(harness);
    const base = `${harness.server.origin}/api/v3`;
    for (const value of values) {
      const requests = await harness.server.requests();
      await page.evaluate(
        (key, value) => sessionStorage.setItem(key, value),
        `traq-auth:${key}:${app.clientId}:${base}`,
        key === "login" ? value.replaceAll('"time":0', `"time":${Date.now()}`) : value,
      );
      const forged = `${app.redirectURI(harness)}?code=c&state=${login.state}`;
      const shown = value.slice(0, 100);
      assert.equal(await user(page), "not_authenticated", shown);
      assert.equal(await app.code(page, harness, ".getAccessToken()"), "not_authenticated", shown);
      assert.equal(
        await app.code(page, harness, `.completeLogin(${JSON.stringify(forged)})`),
        "login_not_started",
        shown,
      );
      assert.equal(await app.code(page, harness, ".logout()"), null, shown);
      assert.equal(await harness.server.requests(), requests, `nothing is sent: ${shown}`);
      assert.equal(await app.stored(page), "[{},{}]", shown);
      await page.reload();
    }
  });
}
