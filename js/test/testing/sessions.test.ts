import assert from "node:assert/strict";
import { test } from "node:test";

// A session that is old, and an account that is replaced, as pages and servers meet them.

const js = new URL("../../", import.meta.url).href;
const { createTestServer, listen } = (await import(
  `${js}testing/dist/index.js`
)) as typeof import("../../testing/src/index.ts");
const { createAuthClient } = (await import(`${js}dist/inline.js`)) as typeof import("../../src/index.ts");

const times = <T>(count: number, call: () => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, call));

test("a page's calls at once renew an old session, and stay signed in", async () => {
  const traq = await createTestServer();
  traq.signIn("alice");
  traq.act("age", "alice", "360h");
  const old = traq.cookie;
  const me = async (): Promise<number> => (await traq.fetch("/api/v3/users/me")).status;
  assert.deepEqual(await times(6, me), [200, 200, 200, 200, 200, 200]);
  assert.notEqual(traq.cookie, old);
  assert.equal(await me(), 200);
  assert.equal((await traq.handle("/api/v3/users/me", { headers: { Cookie: old } })).status, 401);
});

test("the client's calls at once do, too", async () => {
  const traq = await createTestServer();
  const auth = createAuthClient({ baseURL: traq.baseURL, fetch: traq.fetch, storage: null });
  await auth.login({ name: "alice", password: "password1234" });
  traq.act("age", "alice", "360h");
  await Promise.all([auth.listSessions(), auth.listAccounts(), auth.getUser()]);
  assert.equal(auth.getSnapshot().status, "signed-in");
  assert.equal((await auth.refresh()).user?.name, "alice");
  auth.dispose();
});

test("so do those of code that runs on a server, each with another new cookie", async () => {
  const traq = await createTestServer();
  const { cookie } = traq.newBrowser("alice");
  traq.act("age", "alice", "360h");
  const me = (): Promise<Response> => traq.handle("/api/v3/users/me", { headers: { Cookie: cookie } });
  const answers = await times(4, me);
  assert.deepEqual(
    answers.map(({ status }) => status),
    [200, 200, 200, 200],
  );
  const cookies = answers.map(({ headers }) => headers.getSetCookie()[0]?.split(";")[0] as string);
  assert.equal(new Set(cookies).size, 4);
  for (const Cookie of cookies) {
    assert.equal((await traq.handle("/api/v3/users/me", { headers: { Cookie } })).status, 200);
  }
  assert.equal((await me()).status, 401);
});

test("and those that come to a port", async () => {
  const server = await listen();
  try {
    const login = await fetch(`${server.origin}/api/v3/login`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: '{"name":"alice","password":"password1234"}',
    });
    const Cookie = login.headers.getSetCookie()[0]?.split(";")[0] as string;
    const me = async (): Promise<number> =>
      (await fetch(`${server.origin}/api/v3/users/me`, { headers: { Cookie } })).status;
    await times(4, me); // the connections are open now
    server.act("age", "alice", "360h");
    assert.deepEqual(await times(4, me), [200, 200, 200, 200]);
    assert.equal(await me(), 401);
  } finally {
    await server.close();
  }
});

test("who has gone before the session was renewed has renewed nothing", async () => {
  const traq = await createTestServer();
  traq.signIn("alice");
  traq.act("age", "alice", "360h");
  const gone = new AbortController();
  const call = traq.fetch("/api/v3/users/me", { signal: gone.signal });
  setImmediate(() => gone.abort());
  await assert.rejects(call, { name: "AbortError" });
  assert.equal((await traq.fetch("/api/v3/users/me")).status, 200);
});

for (const [act, status] of [
  [(): void => undefined, 200],
  [(traq): void => traq.act("suspend", "alice"), 403],
  [(traq): void => traq.act("end-sessions", "alice"), 401],
  [(traq): void => traq.act("age", "alice", "700h"), 401],
] as [(traq: Awaited<ReturnType<typeof createTestServer>>) => void, number][]) {
  test(`who is signed in to an account that is replaced is answered ${status}`, async () => {
    const traq = await createTestServer();
    traq.signIn("alice");
    const me = (): Promise<Response> => traq.fetch("/api/v3/users/me");
    const { id } = (await (await me()).json()) as { id: string };
    traq.act("user", { name: "alice", displayName: "Another" });
    const replaced = (await (await me()).json()) as { id: string; displayName: string };
    assert.equal(replaced.id, id);
    assert.equal(replaced.displayName, "Another");
    act(traq);
    assert.equal((await me()).status, status);
  });
}

for (const [what, change] of [
  ["stopped earlier", (traq) => traq.act("clock", "2026-01-02T03:04:05Z")],
  ["running after the future", (traq) => traq.act("clock")],
] as [string, (traq: Awaited<ReturnType<typeof createTestServer>>) => void][]) {
  test(`a clock that is ${what} locks nobody out`, async () => {
    const traq = await createTestServer();
    if (what.includes("future")) {
      traq.act("clock", "2099-01-02T03:04:05Z");
    }
    traq.signIn("alice");
    await traq.fetch("/api/v3/users/me");
    change(traq);
    traq.signIn("alice");
    assert.equal((await traq.fetch("/api/v3/users/me")).status, 200);
  });
}

test("a Date that was faked, and is itself again, locks nobody out", async (t) => {
  const traq = await createTestServer();
  traq.signIn("alice");
  const me = async (): Promise<number> => (await traq.fetch("/api/v3/users/me")).status;
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() + 3_600_000 });
  assert.equal(await me(), 200);
  t.mock.timers.reset();
  assert.equal(await me(), 200);
});
