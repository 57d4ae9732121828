import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { alice, attempt, call } from "./client.ts";
import { useHarness } from "./harness.ts";
import { after, known } from "./state.ts";

// Who is signed in, as a page is told by getSnapshot and subscribe.

const harness = useHarness();
beforeEach(() => harness.reset());

const me = "/api/v3/users/me";
const headers = { "X-TRAQ-VERSION": "v3.28.4" }; // it is traQ that says so
const answers = (path: string, status: number, more: object = {}): Promise<void> =>
  harness.server.act("answer", { path, status, headers, body: '{"message":"?"}', ...more });
const asUsual = (): Promise<void> => harness.server.act("answer");

test("a login, a reload and a logout are known, and a 401 alone means signed out", async () => {
  const page = await harness.page();
  assert.equal(await known(page), "unknown");
  assert.equal(await after(page, "refresh"), "signed-out");
  assert.equal(await after(page, "login", alice), "signed-in alice");
  await page.reload();
  assert.equal(await known(page), "unknown");
  assert.equal(await after(page, "refresh"), "signed-in alice");
  for (const [status, code] of [
    [429, "rate_limited"],
    [503, "server_error"],
    [500, "server_error"],
    [404, "not_found"],
    [403, "insufficient_scope"],
  ] as const) {
    await answers(me, status);
    assert.deepEqual(await after(page, "refresh"), [code, "signed-in alice"]);
    assert.deepEqual(await after(page, "getUser"), [code, "signed-in alice"]);
  }
  await answers(me, 200, { body: "<html>" });
  assert.deepEqual(await after(page, "refresh"), ["invalid_response", "signed-in alice"]);
  await answers(me, 401, { body: "<html>" }); // a proxy's
  assert.deepEqual(await after(page, "refresh"), ["invalid_response", "signed-in alice"]);
  await answers(me, 401, { body: '{"message":"No API key found in request"}', headers: {} }); // a gateway's
  assert.deepEqual(await after(page, "refresh"), ["invalid_response", "signed-in alice"]);
  await answers(me, 401, { body: '{"message":"No such session"}' }); // traQ's, in words of another version
  assert.equal(await after(page, "refresh"), "signed-out");
  await asUsual();
  assert.equal(await after(page, "refresh"), "signed-in alice");
  await asUsual();
  await harness.server.reachable(false);
  assert.deepEqual(await after(page, "refresh"), ["network_error", "signed-in alice"]);
  await harness.server.reachable(true);
  assert.equal(await after(page, "logout"), "signed-out");
  await page.reload();
  assert.equal(await after(page, "refresh"), "signed-out");
});

test("a start without the server is not signed out", async () => {
  const page = await harness.page();
  await call(page, "ready");
  await harness.server.reachable(false);
  assert.deepEqual(await after(page, "refresh"), ["network_error", "unknown"]);
  await harness.server.reachable(true);
});

test("any call's 401 means signed out", async () => {
  for (const [method, ...args] of [
    ["listSessions"],
    ["listAccounts"],
    ["revokeSession", "01a207ab-7610-7cca-92e9-2da640e2838e"],
    ["linkAccount", "oidc", { navigate: false }],
    ["unlinkAccount", "oidc"],
    ["getUser"],
  ] as [string, ...unknown[]][]) {
    const page = await harness.page();
    assert.equal(await after(page, "login", alice), "signed-in alice");
    await page.browserContext().deleteCookie(...(await page.browserContext().cookies()));
    assert.deepEqual(await after(page, method, ...args), ["not_authenticated", "signed-out"]);
    await harness.reset();
  }
});

test("a login that was refused changes nothing but for what its answer says", async () => {
  const page = await harness.page();
  assert.deepEqual(await after(page, "login", { ...alice, password: "?" }), [
    "invalid_credentials",
    "signed-out",
  ]);
  for (const [status, code] of [
    [429, "rate_limited"],
    [503, "server_error"],
    [403, "account_suspended"],
  ] as const) {
    await answers("/api/v3/login", status);
    assert.deepEqual(await after(page, "login", alice), [code, "signed-out"]);
  }
  await asUsual();
  assert.deepEqual(await after(page, "login", { name: "", password: "" }), [
    "invalid_argument",
    "signed-out",
  ]);
  await after(page, "login", alice);
  const other = await harness.tab(page);
  assert.deepEqual(await after(other, "login", alice), ["already_logged_in", "signed-in alice"]);
});

test("a login that failed on its way leaves unknown, until the next answer", async () => {
  const page = await harness.page();
  assert.equal(await after(page, "refresh"), "signed-out");
  await harness.server.reachable(false);
  assert.deepEqual(await after(page, "login", alice), ["network_error", "unknown"]);
  await harness.server.reachable(true);
  assert.equal(await after(page, "refresh"), "signed-out");
  await answers("/api/v3/login", 204, { wait: 3_600_000 });
  assert.deepEqual(await after(page, "login", alice, { timeout: 100 }), ["timeout", "unknown"]);
  await answers("/api/v3/login", 200, { body: "<html>" });
  assert.equal(await after(page, "refresh"), "signed-out");
  assert.deepEqual(await after(page, "login", alice), ["invalid_response", "unknown"]);
  await asUsual();
  assert.equal(await after(page, "login", alice), "signed-in alice");
});

test("a login of which nobody can tell whose it is has taken place", async () => {
  const page = await harness.page();
  await answers(me, 503);
  assert.equal(await after(page, "login", alice), "unknown");
  await asUsual();
  assert.equal(await after(page, "refresh"), "signed-in alice");
});

test("a login whose cookie the browser does not keep says so", async () => {
  const page = await harness.page();
  await answers("/api/v3/login", 204); // without a cookie
  assert.deepEqual(await after(page, "login", alice), ["cookie_not_kept", "signed-out"]);
});

test("subscribe tells the snapshot at once, then real changes only, before the promise settles", async () => {
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    const auth = createAuthClient();
    const { subscribe, getSnapshot, getServerSnapshot } = auth; // detached
    const told: string[] = [getSnapshot().status];
    const unasked = getSnapshot() === getServerSnapshot();
    await auth.refresh();
    const stop = subscribe((snapshot) =>
      told.push(`${snapshot.status} ${String(snapshot === getSnapshot())}`),
    );
    const stopTwice = subscribe(() => told.push("second"));
    stopTwice();
    stopTwice();
    const first = getSnapshot();
    const same = [first === getSnapshot(), unasked];
    await auth.login({ name: "alice", password: "password1234" });
    told.push(`login: ${getSnapshot().status}`);
    const signedIn = getSnapshot();
    await auth.refresh();
    await auth.getUser();
    await auth.listSessions();
    same.push(signedIn === getSnapshot(), Object.isFrozen(signedIn), Object.isFrozen(signedIn.user));
    await auth.logout();
    told.push(`logout: ${getSnapshot().status}`);
    stop();
    await auth.login({ name: "alice", password: "password1234" });
    same.push(getServerSnapshot().status === "unknown");
    return [told, same];
  });
  assert.deepEqual(value, [
    [
      "unknown",
      "signed-out true",
      "second",
      "signed-in true",
      "login: signed-in",
      "signed-out true",
      "logout: signed-out",
    ],
    [true, true, true, true, true, true],
  ]);
});

test("a listener that throws harms nobody, and is reported", async () => {
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    const errors: string[] = [];
    addEventListener("error", ({ error }) => errors.push((error as Error).message));
    const auth = createAuthClient();
    await auth.refresh();
    const told: string[] = [];
    auth.subscribe(() => {
      throw new Error("mine");
    });
    auth.subscribe(({ status }) => told.push(status));
    await auth.login({ name: "alice", password: "password1234" });
    return [told, errors];
  });
  assert.deepEqual(value, [
    ["signed-out", "signed-in"],
    ["mine", "mine"],
  ]);
});

test("what is no listener is refused", async () => {
  const page = await harness.page();
  const { error } = await attempt(page, ({ createAuthClient }) =>
    createAuthClient().subscribe("x" as unknown as () => void),
  );
  assert.equal(error?.["code"], "invalid_argument");
});
