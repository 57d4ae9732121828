import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import { type Front, type Handler, sleep, useFronts } from "./front.ts";
import { useHarness } from "./harness.ts";
import * as app from "./oauth2.ts";
import { waitFor } from "./wait.ts";

// The end of a sign-in by OAuth2: here at once, at the server as soon as that answers.

const harness = useHarness();
const startFront = useFronts();
beforeEach(() => harness.reset());

const revocation = "POST /api/v3/oauth2/revoke";

const front = (handler?: Handler): Promise<Front> => startFront(harness.server.origin, handler);
/** What the server answers to a token. */
const ask = (page: Page, token: unknown): Promise<unknown> =>
  page.evaluate(
    async (url, token) => (await fetch(url, { headers: { Authorization: `Bearer ${token}` } })).status,
    `${harness.server.origin}/api/v3/users/me`,
    String(token),
  );

const status = async (page: Page, expression: string, options: app.Options): Promise<unknown> =>
  ((await app.on(page, harness, expression, options)).value as { status: string }).status;

test("a logout revokes the token, and leaves nothing", async () => {
  const page = await app.openApp(harness);
  await app.signIn(page, harness);
  const { value: token } = await app.on(page, harness, ".getAccessToken()");
  assert.equal(await ask(page, token), 200);
  assert.equal(await app.code(page, harness, ".logout()"), null);
  assert.equal(await ask(page, token), 401);
  assert.equal(await status(page, ".getSnapshot()", {}), "signed-out");
  assert.equal(await app.code(page, harness, ".getAccessToken()"), "not_authenticated");
  assert.equal(await app.stored(page), "[{},{}]");
  assert.equal(await app.code(page, harness, ".logout()"), null, "without anybody, too");
});

for (const storage of ["sessionStorage", "localStorage", "null"]) {
  test(`a logout that gets no answer is one here, and at the server later, with the storage ${storage}`, async () => {
    const lost = { is: true };
    const { origin, hits } = await front((req, res) => {
      if (lost.is && req.method === "POST" && req.url?.endsWith("/revoke")) {
        res.destroy();
        return true;
      }
      return false;
    });
    const options = { storage, baseURL: `${origin}/api/v3`, retries: 0 };
    const page = await app.openApp(harness);
    await app.signIn(page, harness, options);
    const { value: token } = await app.on(page, harness, ".getAccessToken()", options);
    assert.equal(await app.code(page, harness, ".logout()", options), "network_error");
    assert.equal(await status(page, ".getSnapshot()", options), "signed-out");
    assert.equal(await app.code(page, harness, ".getAccessToken()", options), "not_authenticated");
    assert.equal(await ask(page, token), 200, "the server knows nothing of it yet");
    if (storage !== "null") {
      await page.reload();
    }
    assert.equal(await status(page, ".refresh()", options), "signed-out");
    lost.is = false;
    assert.equal(await status(page, ".refresh()", options), "signed-out");
    for (let tries = 0; (await ask(page, token)) !== 401; tries++) {
      assert.ok(tries < 100, "it is revoked");
      await sleep(50);
      // The one before may have joined what was lost on its way.
      assert.equal(await status(page, ".refresh()", options), "signed-out");
    }
    await waitFor(page, "sessionStorage.length + localStorage.length === 0");
    assert.ok(hits.includes(revocation));
  });
}

test("what the server refuses for ever is not sent for ever", async () => {
  const { origin, hits } = await front((req, res) => {
    if (req.method === "POST" && req.url?.endsWith("/revoke")) {
      res.writeHead(401, { "Content-Type": "application/json", "Access-Control-Allow-Origin": "*" });
      res.end('{"error":"invalid_client"}');
      return true;
    }
    return false;
  });
  const options = { baseURL: `${origin}/api/v3` };
  const page = await app.openApp(harness);
  await app.signIn(page, harness, options);
  assert.equal(await app.code(page, harness, ".logout()", options), "invalid_client");
  assert.equal(await app.stored(page), "[{},{}]");
  await app.on(page, harness, ".refresh()", options);
  assert.equal(hits.filter((hit) => hit === revocation).length, 1);
});

test("a logout that is aborted before it begins does nothing, and after it has begun is done here", async () => {
  const slow = ["getItem", "setItem", "removeItem"].map(
    (method) => `async ${method}(...args) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return sessionStorage.${method}(...args);
    }`,
  );
  const options = { storage: `{ ${slow.join()} }` };
  const page = await app.openApp(harness);
  await app.signIn(page, harness, options);
  const { error } = await app.on(page, harness, ".logout({ signal: AbortSignal.abort() })", options);
  assert.ok(error);
  assert.equal(await status(page, ".refresh()", options), "signed-in");
  const { value } = await app.using(
    page,
    harness,
    "(app) => app.logout({ timeout: 5 }).catch(({ code }) => [code, app.getSnapshot().status])",
    options,
  );
  assert.deepEqual(value, ["timeout", "signed-out"]);
  assert.equal(await status(page, ".refresh()", options), "signed-out");
});

test("tabs that share a storage know of each other's login and logout", async () => {
  const options = { storage: "localStorage" };
  const page = await app.openApp(harness);
  const tab = await app.openTab(page, harness);
  await app.on(tab, harness, ".subscribe((snapshot) => (globalThis.known = snapshot.status))", options);
  await waitFor(tab, "globalThis.known === 'signed-out'");
  await app.signIn(page, harness, options);
  await waitFor(tab, "globalThis.known === 'signed-in'");
  assert.equal(((await app.on(tab, harness, ".getUser()", options)).value as { name: string }).name, "alice");
  await app.on(tab, harness, ".logout()", options);
  // Chromium passes on to another process a little later what a page has stored.
  for (let tries = 0; tries < 100 && (await app.stored(page)) !== "[{},{}]"; tries++) {
    await sleep(50);
  }
  assert.equal(await app.code(page, harness, ".getAccessToken()", options), "not_authenticated");
  assert.equal(await status(page, ".refresh()", options), "signed-out");
});

for (const [where, path] of [
  ["for its token", "/oauth2/token"],
  ["whose token it is", "/users/me"],
] as const) {
  test(`another tab's logout while a login waits to hear ${where} is a logout`, async () => {
    let isSlow = true;
    const { origin, hits } = await front((req, _, forward) => {
      if (isSlow && req.method !== "OPTIONS" && req.url?.endsWith(path)) {
        forward({ delay: 1500 });
        return true;
      }
      return false;
    });
    const options = { storage: "localStorage", baseURL: `${origin}/api/v3` };
    const page = await app.openApp(harness);
    const tab = await app.openTab(page, harness);
    await app.on(tab, harness, ".ready()", options);
    await app.consent(page, harness, {}, options);
    const begin = "(app) => void (globalThis.login = app.completeLogin().catch(({ code }) => code))";
    await app.using(page, harness, begin, options);
    for (let tries = 0; !hits.some((hit) => !hit.startsWith("OPTIONS ") && hit.endsWith(path)); tries++) {
      assert.ok(tries < 500, "it is asked");
      await sleep(20);
    }
    assert.equal(await app.code(tab, harness, ".logout()", options), null);
    const ended = "async (app) => [await globalThis.login, app.getSnapshot().status]";
    const { value } = await app.using(page, harness, ended, options);
    assert.deepEqual(value, ["not_authenticated", "signed-out"]);
    isSlow = false;
    await waitFor(page, "localStorage.length === 0");
    assert.ok(hits.includes(revocation));
    for (const one of [page, tab]) {
      assert.equal(await app.code(one, harness, ".getAccessToken()", options), "not_authenticated");
      assert.equal(await status(one, ".refresh()", options), "signed-out");
    }
  });
}

test("tabs with storages of their own know nothing of each other", async () => {
  const page = await app.openApp(harness);
  const tab = await app.openTab(page, harness);
  await app.on(tab, harness, ".subscribe((snapshot) => (globalThis.known = snapshot.status))");
  await waitFor(tab, "globalThis.known === 'signed-out'");
  await app.signIn(page, harness);
  assert.equal(await status(tab, ".refresh()", {}), "signed-out");
});

test("two clients of two servers on one page have nothing in common", async () => {
  const page = await app.openApp(harness);
  const { origin } = await front();
  const one = {};
  const other = { baseURL: `${origin}/api/v3` };
  await app.signIn(page, harness, one);
  assert.equal(await app.code(page, harness, ".getAccessToken()", other), "not_authenticated");
  const url = await app.consent(page, harness, {}, other);
  assert.equal(
    await app.code(page, harness, `.completeLogin(${JSON.stringify(url)})`, one),
    "login_not_started",
  );
  await page.goto(url);
  assert.deepEqual(await app.code(page, harness, ".completeLogin()", other), { returnTo: null });
  const tokens = [
    await app.code(page, harness, ".getAccessToken()", one),
    await app.code(page, harness, ".getAccessToken()", other),
  ];
  assert.notEqual(tokens[0], tokens[1]);
  await app.on(page, harness, ".logout()", one);
  assert.equal(await app.code(page, harness, ".getAccessToken()", one), "not_authenticated");
  assert.equal(await app.code(page, harness, ".getAccessToken()", other), tokens[1]);
  assert.equal(await ask(page, tokens[1]), 200);
});

test("a client that was disposed of sends and hears nothing", async () => {
  const page = await app.openApp(harness);
  await app.signIn(page, harness);
  await app.on(page, harness, ".dispose()");
  for (const method of ["getUser", "getAccessToken", "logout", "refresh", "login", "ready"]) {
    assert.equal(await app.code(page, harness, `.${method}()`), "disposed", method);
  }
  const url = JSON.stringify(`${app.redirectURI(harness)}?code=c&state=s`);
  assert.equal(await app.code(page, harness, `.completeLogin(${url})`), "disposed");
});
