import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { type AuthClient, AuthError, createAuthClient } from "../../../src/index.ts";
import { module } from "../module.ts";
import { alice, broken, codeOf, credentials, done, nobody, pageStorage, Server } from "../traq.ts";

// In which order a first call asks its storage and the server; the end-to-end
// tests see what comes of it.

const pendingOfNobody = JSON.stringify({ all: false, user: null });

/** A client that reads its storage and fetches so. */
function client(
  t: TestContext,
  getItem: () => string | null | Promise<string | null>,
  fetch: typeof globalThis.fetch,
): AuthClient {
  const storage = { getItem, setItem: () => undefined, removeItem: () => undefined };
  const auth = createAuthClient({ baseURL: "https://q.example/api/v3", wasm: module, storage, fetch });
  t.after(() => auth.dispose());
  return auth;
}

/** A client whose storage answers when it is told to, and what it asked a server that knows alice until she logs out. */
function slowStorage(t: TestContext): {
  auth: AuthClient;
  requests: string[];
  answer: (text: string | null) => void;
  asked: Promise<void>;
} {
  const requests: string[] = [];
  let known = true;
  let answer!: (text: string | null) => void;
  const answered = new Promise<string | null>((resolve) => (answer = resolve));
  let ask!: () => void;
  const asked = new Promise<void>((resolve) => (ask = resolve));
  const auth = client(
    t,
    () => {
      ask();
      return answered;
    },
    (url, { method = "GET" } = {}) => {
      const request = `${method} ${(url as string).replace("https://q.example/api/v3", "")}`;
      requests.push(request);
      known &&= request !== "POST /logout";
      return Promise.resolve(method === "POST" ? done() : known ? Response.json(alice) : nobody());
    },
  );
  return { auth, requests, answer, asked };
}

test("the server is asked when the storage has said that nothing is pending", async (t) => {
  const { auth, requests, answer, asked } = slowStorage(t);
  const user = auth.getUser();
  await asked;
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(requests, []);
  answer(null);
  assert.deepEqual(await user, alice);
  assert.deepEqual(requests, ["GET /users/me"]);
});

for (const [whose, logout] of [
  ["nobody knows whose", { all: false, user: null }],
  ["alice's", { all: false, user: alice.id }],
] as const) {
  test(`a pending logout, ${whose}, is sent before what is asked for`, async (t) => {
    const { auth, requests, answer, asked } = slowStorage(t);
    const user = auth.getUser();
    await asked;
    answer(JSON.stringify(logout));
    await assert.rejects(user, { code: "not_authenticated" });
    assert.deepEqual(requests, ["GET /users/me", "POST /logout", "GET /users/me"]);
    assert.equal(auth.getSnapshot().status, "signed-out");
  });
}

test("what a pending logout must come before is not sent where that fails", async (t) => {
  const requests: string[] = [];
  const auth = client(
    t,
    () => pendingOfNobody,
    (url) => {
      requests.push((url as string).replace("https://q.example/api/v3", ""));
      return Promise.reject(new TypeError("offline"));
    },
  );
  for (const call of [
    () => auth.listSessions(),
    () => auth.revokeSession(alice.id),
    () => auth.login({ name: "alice", password: "password1234" }),
  ]) {
    await assert.rejects(call, { code: "network_error" });
    assert.deepEqual([...new Set(requests.splice(0))], ["/users/me"]);
  }
});

test("what changes something waits for the storage", async (t) => {
  const { auth, requests, answer, asked } = slowStorage(t);
  const login = auth.login({ name: "bob", password: "password1234" });
  const link = auth.linkAccount("oidc", { navigate: false }).catch(() => undefined);
  await asked;
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(requests, []);
  answer(pendingOfNobody);
  await login.catch(() => undefined);
  await link;
  assert.deepEqual(requests.slice(0, 2), ["GET /users/me", "POST /logout"]);
});

test("calls at once have one logout sent, before all of them", async (t) => {
  const { auth, requests, answer, asked } = slowStorage(t);
  const calls = Promise.allSettled([auth.getUser(), auth.getUser(), auth.refresh()]);
  await asked;
  answer(pendingOfNobody);
  assert.deepEqual(
    (await calls).map(({ status }) => status),
    ["rejected", "rejected", "fulfilled"],
  );
  assert.deepEqual(requests, ["GET /users/me", "POST /logout", "GET /users/me"]);
  assert.equal(auth.getSnapshot().status, "signed-out");
});

test("what the storage says late leads to no second logout", async (t) => {
  let late!: (text: string) => void;
  const answers = [
    Promise.resolve(pendingOfNobody),
    new Promise<string>((resolve) => (late = resolve)),
    Promise.resolve(pendingOfNobody), // right before it is sent
  ];
  const requests: unknown[] = [];
  let ask!: () => void;
  const asked = new Promise<void>((resolve) => (ask = resolve));
  const auth = client(
    t,
    () => answers.shift() ?? null,
    (_, { method = "GET" } = {}) => {
      requests.push(method);
      ask();
      return Promise.resolve(method === "GET" ? Response.json(alice) : done());
    },
  );
  await auth.ready(); // so that both ask the storage at once
  const both = [auth.getUser(), auth.revokeSession(alice.id)];
  await asked; // whose session it is
  await new Promise((resolve) => setTimeout(resolve, 20));
  late(pendingOfNobody);
  await Promise.all(both);
  await auth.getUser();
  assert.deepEqual(requests.splice(0, 2), ["GET", "POST"]);
  assert.deepEqual(requests.sort(), ["DELETE", "GET", "GET"]);
});

// Two tabs that cannot tell each other anything: only what is stored says what is pending.

test("a logout that another tab has sent is not sent again, when somebody has signed in since", async () => {
  const server = new Server();
  const storage = pageStorage();
  const one = server.client({ storage });
  const other = server.client({ storage });
  await one.login(credentials);
  await logoutIsPending(server, one);
  assert.equal((await other.refresh()).status, "signed-out");
  await other.login(credentials);
  assert.equal((await one.refresh()).status, "signed-in");
  assert.equal(await codeOf(other.getUser()), undefined);
});

for (const call of ["refresh", "getUser", "listSessions"] as const) {
  test(`a logout of a tab that was closed meanwhile is sent before ${call} of one that had asked before`, async () => {
    const server = new Server();
    const storage = pageStorage();
    const one = server.client({ storage });
    const other = server.client({ storage });
    await other.login(credentials);
    await one.refresh();
    server.answer = (request) =>
      request === "POST /logout" ? Promise.reject(new TypeError("closed")) : undefined;
    await codeOf(other.logout());
    other.dispose();
    server.answer = () => undefined;
    assert.equal(await codeOf(one[call]()), call === "refresh" ? undefined : "not_authenticated");
    assert.equal(one.getSnapshot().status, "signed-out");
    assert.equal(server.user, null);
    assert.equal(storage.items.size, 0);
  });
}

/** A page where alice is signed in, as it knows, and its server. */
async function aliceIsIn(
  t: TestContext,
): Promise<{ server: Server; storage: ReturnType<typeof pageStorage>; auth: AuthClient }> {
  const server = new Server();
  server.user = alice;
  const storage = pageStorage();
  const auth = server.client({ storage });
  t.after(() => auth.dispose());
  await auth.refresh();
  return { server, storage, auth };
}

/** Signs out where the server cannot be reached for a moment. */
async function logoutIsPending(server: Server, auth: AuthClient): Promise<void> {
  server.reachable = false;
  assert.equal(await codeOf(auth.logout()), "network_error");
  server.reachable = true;
}

const refused = (): Response =>
  Response.json({ message: "no" }, { status: 403, headers: { "X-TRAQ-VERSION": "3.28.0" } });

for (const [what, answer] of [
  ["a gateway's own 403", () => new Response("<html>", { status: 403 })],
  ["a proxy's 408", () => new Response("<html>", { status: 408 })],
  ["another page", () => new Response("<html>", { headers: { "Content-Type": "text/html" } })],
] as const) {
  test(`a pending logout that is answered by ${what} stays pending`, async (t) => {
    const { server, auth } = await aliceIsIn(t);
    await logoutIsPending(server, auth);
    server.answer = (request) => (request === "POST /logout" ? answer() : undefined);
    assert.equal(await codeOf(auth.refresh()), "invalid_response");
    assert.equal(auth.getSnapshot().status, "signed-out");
    server.answer = () => undefined;
    assert.equal((await auth.refresh()).status, "signed-out");
    assert.equal(server.user, null);
  });
}

test("a pending logout that the server refuses is forgotten", async (t) => {
  const { server, auth } = await aliceIsIn(t);
  await logoutIsPending(server, auth);
  server.answer = (request) => (request === "POST /logout" ? refused() : undefined);
  assert.notEqual(await codeOf(auth.refresh()), undefined);
  assert.equal(auth.getSnapshot().status, "unknown");
  assert.equal((await auth.refresh()).status, "signed-in");
});

// Whoever gives up may hand on another call's error.
const reasons = ["closed", undefined, new AuthError("getUser", "timeout", "no answer")];

for (const reason of reasons) {
  test(`a logout whose caller gives up leaves one before it pending, which had failed meanwhile: ${reason}`, async (t) => {
    const { server, storage, auth } = await aliceIsIn(t);
    const held = server.hold("POST /logout", broken);
    const first = codeOf(auth.logout());
    await held.asked;
    const later = server.hold("POST /logout", broken);
    const controller = new AbortController();
    const second = auth.logout({ signal: controller.signal });
    await later.asked;
    held.release();
    assert.equal(await first, "network_error");
    controller.abort(reason);
    await assert.rejects(second, (error) => error === controller.signal.reason);
    assert.equal(storage.items.size, 1);
    assert.equal(auth.getSnapshot().status, "signed-out");
    assert.equal((await auth.refresh()).status, "signed-out");
    assert.equal(server.user, null);
  });

  for (const when of ["before", "while it is sent"]) {
    test(`a logout whose caller gives up ${when} is not sent later: ${reason}`, async (t) => {
      const { server, storage, auth } = await aliceIsIn(t);
      const stored = new Map(storage.items);
      const controller = new AbortController();
      const { signal } = controller;
      if (when === "before") {
        controller.abort(reason);
      }
      const held = server.hold("POST /logout", broken);
      const logout = auth.logout({ signal });
      if (when !== "before") {
        await held.asked;
        controller.abort(reason);
      }
      await assert.rejects(logout, (error) => error === signal.reason);
      await new Promise(setImmediate);
      assert.deepEqual(storage.items, stored);
      assert.notEqual(auth.getSnapshot().status, "signed-out");
    });
  }
}

// What was stored meanwhile is sent next, unless a refusal has ended the call.
for (const [how, answer, left] of [
  ["carried out", done, []],
  ["refused", refused, [JSON.stringify({ all: true, user: alice.id })]],
] as const) {
  test(`what was pending before is ${how} without a later logout's being forgotten for it`, async (t) => {
    const { server, storage, auth } = await aliceIsIn(t);
    await logoutIsPending(server, auth);
    const held = server.hold("POST /logout", answer);
    const refreshed = codeOf(auth.refresh());
    await held.asked;
    const later = server.hold("POST /logout?all=true", broken);
    const all = codeOf(auth.logout({ all: true }));
    await later.asked;
    held.release();
    later.release();
    assert.equal(await all, "network_error");
    await refreshed;
    assert.deepEqual([...storage.items.values()], left);
    assert.equal(server.requests.filter((request) => request.includes("all=true")).length, 2 - left.length);
    assert.equal(auth.getSnapshot().status, "signed-out");
  });
}
