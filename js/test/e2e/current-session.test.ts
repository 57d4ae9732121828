import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import type { Session } from "../../src/index.ts";
import { alice, bob, call } from "./client.ts";
import { useHarness } from "./harness.ts";

// Which of the sessions is this browser's own, how the others are ended, and
// what becomes of it. The rule is in js/test/unit/own-session.test.ts.

const harness = useHarness();
beforeEach(() => harness.reset());

const old = (name = "alice", age = "90m"): Promise<void> => harness.server.act("session", name, age);

async function sessions(page: Page): Promise<Session[]> {
  const { value, error } = await call(page, "listSessions");
  assert.equal(error, undefined);
  return value as Session[];
}

/** How the sessions are marked, the newest first. */
const marks = async (page: Page): Promise<(boolean | null)[]> =>
  (await sessions(page))
    .sort((a, b) => String(b.issuedAt).localeCompare(String(a.issuedAt)))
    .map(({ current }) => current);

const ownId = async (page: Page): Promise<string | undefined> =>
  (await sessions(page)).find(({ current }) => current)?.id;

test("of several sessions the one that the login opened is marked, and stays so after a reload and in a new tab", async () => {
  await old();
  await old();
  const page = await harness.page();
  await call(page, "login", [alice]);
  assert.deepEqual(await marks(page), [true, false, false]);
  const id = await ownId(page);
  // One that is opened elsewhere later is another.
  await old("alice", "0s");
  assert.deepEqual(await marks(page), [false, true, false, false]);
  await page.reload();
  assert.equal(await ownId(page), id);
  assert.equal(await ownId(await harness.tab(page)), id);
});

test("a login that is not followed by a list is known after a reload, once it is known who is signed in", async () => {
  await old();
  const page = await harness.page();
  await call(page, "login", [alice]);
  await page.reload();
  assert.deepEqual(await marks(page), [null, null]);
  await call(page, "refresh");
  assert.deepEqual(await marks(page), [true, false]);
});

test("a login with a redirect is known by the answer that confirms it", async () => {
  await old();
  const page = await harness.page();
  assert.deepEqual((await call(page, "login", [alice, { redirect: "/foo" }])).error, undefined);
  assert.deepEqual(await marks(page), [true, false]);
});

test("two logins in the same second are not told apart", async () => {
  const page = await harness.page();
  await call(page, "login", [alice]);
  // In that second, whatever it is by now.
  const ms = await page.evaluate(() => {
    const { to } = JSON.parse(Object.values(localStorage)[0] as string) as { to: number };
    return Math.round(Date.now() - (to - 500));
  });
  await old("alice", `${ms}ms`);
  assert.deepEqual(await marks(page), [null, null]);
  // Nor later, when the other may have been the own one.
  const other = (await sessions(page))[0] as Session;
  await call(page, "revokeOtherSessions");
  assert.equal((await sessions(page)).length, 2, "nothing is ended by a guess");
  assert.equal(other.current, null);
});

test("a page clock that is wrong by a day changes nothing", async () => {
  for (const days of [-1, 1]) {
    await harness.reset();
    await old();
    const page = await harness.page();
    await page.evaluate((ms) => {
      const now = Date.now;
      Date.now = () => now() + ms;
    }, days * 86_400_000);
    await call(page, "login", [alice]);
    assert.deepEqual(await marks(page), [true, false], `${days} days`);
  }
});

test("a proxy's Date that cannot be right proves nothing", async () => {
  for (const date of ["24h", "-24h", "1h", "-1h", "yesterday", ""]) {
    await harness.reset();
    await old();
    const page = await harness.page();
    await harness.server.act("date", date);
    await call(page, "login", [alice]);
    assert.deepEqual(await marks(page), [null, null], date);
  }
});

test("what is known dies with the logout, and with another user's login", async () => {
  await old();
  await old("bob");
  const page = await harness.page();
  await call(page, "login", [alice]);
  assert.deepEqual(await marks(page), [true, false]);
  await call(page, "logout");
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), []);
  await call(page, "login", [bob]);
  assert.deepEqual(await marks(page), [true, false]);
  const id = await ownId(page);
  await call(page, "logout");
  await call(page, "login", [alice]);
  assert.deepEqual(await marks(page), [true, false]);
  assert.notEqual(await ownId(page), id);
});

test("what is known dies when the server says that nobody is signed in", async () => {
  await old();
  const page = await harness.page();
  await call(page, "login", [alice]);
  assert.deepEqual(await marks(page), [true, false]);
  await harness.server.act("age", "alice", "700h"); // 29 days
  assert.equal((await call(page, "getUser")).error?.["code"], "not_authenticated");
  assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), []);
});

test("what the server says of a token says nothing of the cookie's session", async () => {
  await old();
  const page = await harness.page();
  await call(page, "login", [alice]);
  assert.deepEqual(await marks(page), [true, false]);
  for (const options of [{ accessToken: "nobody" }, { credentials: "omit" }]) {
    const { error } = await call(page, "getUser", [], options);
    assert.match(String(error?.["code"]), /^(invalid_token|not_authenticated)$/);
    assert.deepEqual(await marks(page), [true, false]);
  }
});

test("a list from before a login says nothing of the session after it", async () => {
  await old();
  const page = await harness.page();
  await call(page, "login", [alice]);
  await harness.server.act("answer", {
    path: "/api/v3/users/me/sessions",
    status: 200,
    body: '[{"id":"01a207ab-7610-7cca-92e9-2da640e2838e","issuedAt":"2026-11-23T09:05:27Z"}]',
    wait: 1000,
  });
  const late = sessions(page);
  await call(page, "logout");
  await call(page, "login", [alice]);
  assert.deepEqual(
    (await late).map(({ current }) => current),
    [true],
    "it was, then",
  );
  await harness.server.act("answer");
  assert.deepEqual(await marks(page), [true, false]);
});

test("a session that the server renews has another id, and is not known any more", async () => {
  await old();
  const page = await harness.page();
  await call(page, "login", [alice]);
  const id = await ownId(page);
  await harness.server.act("age", "alice", "360h"); // 15 days
  const after = await sessions(page);
  assert.ok(!after.some((session) => session.id === id), "it was renewed");
  assert.deepEqual(
    after.map(({ current }) => current),
    [null, null],
  );
});

test("the only session is the own, and is known from then on", async () => {
  const page = await harness.page();
  await harness.server.act("date", "24h");
  await call(page, "login", [alice]);
  assert.deepEqual(await marks(page), [true]);
  await old("alice", "0s");
  assert.deepEqual(await marks(page), [false, true]);
});

test("the other sessions are ended, and this one is not", async () => {
  await old();
  await old();
  const page = await harness.page();
  await call(page, "login", [alice]);
  const others = (await sessions(page)).filter(({ current }) => !current).map(({ id }) => id);
  const before = await harness.server.requests();
  const { value } = (await call(page, "revokeOtherSessions")) as { value: { revoked: string[]; failed: [] } };
  assert.deepEqual(value.failed, []);
  assert.deepEqual(value.revoked.sort(), others.sort());
  assert.equal(await harness.server.requests(), before + 3, "a list and two ends");
  assert.deepEqual(await marks(page), [true]);
  assert.deepEqual((await call(page, "revokeOtherSessions")).value, { revoked: [], failed: [] });
});

test("what could not be ended is told, with the reason", async () => {
  await old();
  await old();
  const page = await harness.page();
  await call(page, "login", [alice]);
  const [one, two] = (await sessions(page)).filter(({ current }) => !current).map(({ id }) => id);
  await harness.server.act("answer", {
    path: `/api/v3/users/me/sessions/${one}`,
    status: 500,
    body: '{"message":"no"}',
  });
  const { value } = (await call(page, "revokeOtherSessions")) as {
    value: { revoked: string[]; failed: { id: string; error: { code: string; operation: string } }[] };
  };
  assert.deepEqual(value.revoked, [two]);
  assert.deepEqual(
    value.failed.map(({ id, error }) => [id, error.code, error.operation]),
    [[one, "server_error", "revokeOtherSessions"]],
  );
});

test("where the current session is not known, none is ended", async () => {
  await old();
  const page = await harness.page();
  await harness.server.act("date", "24h");
  await call(page, "login", [alice]);
  const before = await harness.server.requests();
  const { error } = await call(page, "revokeOtherSessions");
  assert.equal(error?.["code"], "current_session_unknown");
  assert.equal(error["operation"], "revokeOtherSessions");
  assert.equal(await harness.server.requests(), before + 1, "the list alone");
  assert.equal(
    (await call(page, "revokeOtherSessions", [{ timeout: -1 }])).error?.["code"],
    "invalid_argument",
  );
});

test("to end the current session is to be signed out, in capitals too", async () => {
  for (const written of [(id: string) => id, (id: string) => id.toUpperCase()]) {
    await harness.reset();
    await old();
    const page = await harness.page();
    await call(page, "login", [alice]);
    const [own, other] = (await sessions(page)).sort((a, b) => Number(b.current) - Number(a.current));
    await call(page, "revokeSession", [other?.id]);
    assert.equal(((await call(page, "getSnapshot")).value as { status: string }).status, "signed-in");
    await call(page, "revokeSession", [written(own?.id as string)]);
    assert.equal(((await call(page, "getSnapshot")).value as { status: string }).status, "signed-out");
    assert.equal((await call(page, "getUser")).error?.["code"], "not_authenticated");
  }
});

test("without a storage a session is still marked, where it is the only one", async () => {
  const page = await harness.page();
  const { value } = await page.evaluate(async () => {
    const { createAuthClient } = await import("/pkg/index.js");
    const auth = createAuthClient({ storage: null });
    await auth.login({ name: "alice", password: "password1234" });
    return { value: (await auth.listSessions()).map(({ current }) => current) };
  });
  assert.deepEqual(value, [true]);
  await old();
  assert.deepEqual((await call(page, "listSessions", [], { storage: null })).error, undefined);
});
