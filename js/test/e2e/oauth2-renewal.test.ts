import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import { type Handler, sleep, useFronts } from "./front.ts";
import { useHarness } from "./harness.ts";
import * as app from "./oauth2.ts";
import { waitFor } from "./wait.ts";

// The token's life: renewed before it expires, by one of all tabs, and ended elsewhere.

const harness = useHarness();
const startFront = useFronts();
beforeEach(() => harness.reset());

const tokenRequest = "POST /api/v3/oauth2/token";
const revocation = "POST /api/v3/oauth2/revoke";

interface App {
  readonly page: Page;
  readonly options: app.Options;
  /** The requests so far, but for those that the browser makes by itself. */
  readonly hits: () => string[];
  readonly count: (hit: string) => number;
  readonly isAnswered: (hit: string) => boolean;
}

/** A page where alice is signed in, of whose requests a handler may answer some, once `answer` is set. */
async function signedIn(
  more: app.Options = {},
  refreshTokens = true,
): Promise<App & { answer: (handler?: Handler) => void }> {
  let handler: Handler | undefined;
  const front = await startFront(harness.server.origin, (...request) => handler?.(...request));
  if (refreshTokens) {
    await harness.server.act("refresh-tokens", "on");
  }
  const page = await app.openApp(harness);
  const options = { baseURL: `${front.origin}/api/v3`, retries: 0, ...more };
  assert.deepEqual(await app.signIn(page, harness, options), { value: { returnTo: null } });
  front.hits.length = 0;
  front.answered.length = 0;
  return {
    page,
    options,
    hits: () => front.hits.filter((hit) => !hit.startsWith("OPTIONS ")),
    count: (hit) => front.hits.filter((one) => one === hit).length,
    isAnswered: (hit) => front.answered.includes(hit),
    answer: (next) => (handler = next),
  };
}

/** Has the server answer for a token so many milliseconds later. */
const slowly =
  (delay: () => number): Handler =>
  (req, _, forward) => {
    if (req.url?.endsWith("/token")) {
      forward({ delay: delay() });
      return true;
    }
    return false;
  };

const token = (page: Page, options: app.Options): Promise<unknown> =>
  app.code(page, harness, ".getAccessToken()", options);
const refresh = async (page: Page, options: app.Options): Promise<unknown> => {
  const result = await app.code(page, harness, ".refresh()", options);
  return (result as { status?: string } | undefined)?.status ?? result;
};
const year = 365 * 24 * 3600 * 1000;

test("a token that is good for longer is not renewed", async () => {
  const { page, options, hits } = await signedIn();
  const first = await token(page, options);
  await app.pass(page, year - 120_000);
  assert.equal(await token(page, options), first);
  assert.deepEqual(hits(), []);
});

test("a token is renewed half a minute before it expires, once for all who wait", async () => {
  const { page, options, hits } = await signedIn();
  const first = await token(page, options);
  await app.pass(page, year - 29_000);
  const { value } = await app.using(
    page,
    harness,
    "(app) => Promise.all([1, 2, 3, 4].map(() => app.getAccessToken()))",
    options,
  );
  const tokens = value as string[];
  assert.equal(new Set(tokens).size, 1);
  assert.notEqual(tokens[0], first);
  assert.deepEqual(hits(), [tokenRequest]);
  assert.equal(await refresh(page, options), "signed-in");
});

for (const [locks, lookup] of [
  ["with the Web Locks API", "0"],
  ["without it", "Object.defineProperty(navigator, 'locks', { value: undefined })"],
] as const) {
  test(`four tabs at once renew a token, ${locks}, and nobody is signed out`, async () => {
    const { page, options, hits, count, answer } = await signedIn({ storage: "localStorage" });
    // All of them have asked by then; and those that lose are told so before the winner.
    answer(slowly(() => (count(tokenRequest) === 1 ? 700 : 100)));
    const tabs = [page];
    while (tabs.length < 4) {
      tabs.push(await app.openTab(page, harness));
    }
    for (const tab of tabs) {
      await tab.evaluate(`(${lookup}, 0)`);
      assert.deepEqual(await app.on(tab, harness, ".ready()", options), { value: null });
      await app.pass(tab, year);
    }
    const tokens = await Promise.all(tabs.map((tab) => token(tab, options)));
    assert.equal(new Set(tokens).size, 1, tokens.join());
    assert.match(String(tokens[0]), /^[\w-]{20,}$/);
    if (lookup === "0") {
      assert.equal(count(tokenRequest), 1, `one request at the server: ${hits().join()}`);
    }
    for (const tab of tabs) {
      assert.equal(await refresh(tab, options), "signed-in");
    }
  });
}

for (const [what, handler, code] of [
  ["breaks off", (_, res) => (res.destroy(), true), "network_error"],
  ["is a 500", (_, res) => (res.writeHead(500).end(), true), "server_error"],
  ["is a 503", (_, res) => (res.writeHead(503).end(), true), "server_error"],
  ["is a 429", (_, res) => (res.writeHead(429).end(), true), "rate_limited"],
  [
    "is no traQ's",
    (_, res) => (res.writeHead(200, { "Content-Type": "text/html" }).end("<p>"), true),
    "invalid_response",
  ],
  [
    "has a token that is none",
    (_, res) => (
      res.writeHead(200, { "Content-Type": "application/json", "Access-Control-Allow-Origin": "*" }),
      res.end('{"access_token":"a b","token_type":"Bearer"}'),
      true
    ),
    "invalid_response",
  ],
  [
    "is not the server's to refuse",
    (_, res) => (
      res.writeHead(400, { "Content-Type": "application/json", "Access-Control-Allow-Origin": "*" }),
      res.end('{"error":"server_error"}'),
      true
    ),
    "server_error",
  ],
] as readonly [string, Handler, string][]) {
  test(`a renewal whose answer ${what} signs nobody out`, async () => {
    const { page, options, answer } = await signedIn();
    const before = await app.stored(page);
    await app.pass(page, year);
    answer((req, res, forward) => {
      res.setHeader("Access-Control-Allow-Origin", "*");
      return req.url?.endsWith("/token") === true && handler(req, res, forward);
    });
    const { error } = await app.on(page, harness, ".getAccessToken()", options);
    assert.equal(error?.["code"], code);
    assert.equal(error["operation"], "getAccessToken");
    assert.equal(await app.stored(page), before);
    const { error: another } = await app.on(page, harness, ".getUser()", options);
    assert.equal(another?.["code"], code);
    assert.equal(another["operation"], "getUser");
    answer();
    assert.match(String(await token(page, options)), /^[\w-]{20,}$/, "and the next one succeeds");
    assert.equal(await refresh(page, options), "signed-in");
  });
}

test("where the answer to a renewal is lost, the next one ends the sign-in", async () => {
  const { page, options, answer } = await signedIn();
  await app.pass(page, year);
  answer((req, res, forward) => {
    if (req.url?.endsWith("/token")) {
      res.writeHead = () => res.destroy(); // the server has done it, and the answer does not arrive
      forward();
      return true;
    }
    return false;
  });
  assert.equal(await token(page, options), "network_error");
  answer();
  assert.equal(await token(page, options), "not_authenticated");
  assert.equal(await refresh(page, options), "signed-out");
  assert.equal(await app.stored(page), "[{},{}]");
});

for (const refreshTokens of [true, false]) {
  const how = refreshTokens ? "with" : "without";
  test(`a token that was revoked elsewhere ends the sign-in, ${how} a refresh token`, async () => {
    const { page, options, hits } = await signedIn({}, refreshTokens);
    await harness.server.act("revoke-tokens", "alice");
    const { error } = await app.on(page, harness, ".getUser()", options);
    assert.equal(error?.["code"], "not_authenticated");
    assert.equal(await refresh(page, options), "signed-out");
    assert.equal(await app.stored(page), "[{},{}]");
    assert.deepEqual(hits(), ["GET /api/v3/users/me", ...(refreshTokens ? [tokenRequest] : [])]);
  });
}

test("a token that has expired while the machine slept is renewed", async () => {
  const { page, options, count } = await signedIn();
  await harness.server.act("age-tokens", "alice", "8760h");
  await app.pass(page, year);
  assert.equal(await refresh(page, options), "signed-in");
  assert.equal(count(tokenRequest), 1);
});

test("a token that has expired by the server's clock alone is renewed, and the call made again", async () => {
  const { page, options, hits } = await signedIn();
  await harness.server.act("age-tokens", "alice", "8760h");
  const { value } = await app.on(page, harness, ".getUser()", options);
  assert.equal((value as { name: string }).name, "alice");
  assert.deepEqual(hits(), ["GET /api/v3/users/me", tokenRequest, "GET /api/v3/users/me"]);
});

test("where a token cannot be renewed, the server says whether it has expired", async () => {
  const { page, options, hits } = await signedIn({}, false);
  const first = await token(page, options);
  await app.pass(page, 2 * year); // a clock that is wrong
  assert.equal(await token(page, options), first);
  assert.deepEqual(hits(), ["GET /api/v3/users/me"]);
  await harness.server.act("age-tokens", "alice", "8760h");
  assert.equal(await token(page, options), "not_authenticated");
  assert.equal(await refresh(page, options), "signed-out");
});

test("whoever gives up waiting leaves the renewal to go on", async () => {
  const { page, options, answer, count } = await signedIn();
  await app.pass(page, year);
  answer(slowly(() => 500));
  assert.equal(await app.code(page, harness, ".getAccessToken({ timeout: 100 })", options), "timeout");
  await sleep(1000);
  assert.match(String(await token(page, options)), /^[\w-]{20,}$/);
  assert.equal(count(tokenRequest), 1);
});

for (const storage of ["sessionStorage", "localStorage"]) {
  test(`a logout while a token is renewed revokes the new one, with ${storage}`, async () => {
    const { page, options, answer, count, isAnswered } = await signedIn({ storage });
    await app.pass(page, year);
    answer(slowly(() => 2000));
    const begin = "(app) => void (globalThis.renewed = app.getAccessToken().catch(({ code }) => code))";
    await app.using(page, harness, begin, options);
    // Where the old token is revoked before the server has renewed it, it gives no new one.
    for (let tries = 0; !isAnswered(tokenRequest); tries++) {
      assert.ok(tries < 500, "the server renews it");
      await sleep(20);
    }
    const { value } = await app.using(
      page,
      harness,
      `async (app) => {
        await app.logout();
        return [await renewed, app.getSnapshot().status];
      }`,
      options,
    );
    assert.deepEqual(value, ["not_authenticated", "signed-out"]);
    await waitFor(page, "sessionStorage.length + localStorage.length === 0"); // nothing else is called
    assert.equal(count(revocation), 2);
    assert.equal(await refresh(page, options), "signed-out");
  });
}

test("a state that is asked for by a subscriber ends as what the server says", async () => {
  const { page, options, count } = await signedIn();
  const subscribed = `async (app) => {
    const seen = [];
    app.subscribe(({ status }) => seen.push(status));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return seen;
  }`;
  await page.reload();
  assert.deepEqual((await app.using(page, harness, subscribed, options)).value, ["unknown", "signed-in"]);
  assert.equal(count("GET /api/v3/users/me"), 1);
  await app.on(page, harness, ".logout()", options);
  await page.reload();
  assert.deepEqual((await app.using(page, harness, subscribed, options)).value, ["unknown", "signed-out"]);
});
