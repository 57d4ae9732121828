import assert from "node:assert/strict";
import { test } from "node:test";
import type { AuthClient } from "../../../src/client-types.ts";
import { alice, codeOf, credentials, pageStorage, Server } from "../traq.ts";

// A login or a logout beside a question: what the answer to it, which comes late, may say.

test("a provider's login that is told of late does not sign in again who has signed out", async () => {
  const server = new Server();
  const auth = server.client({ storage: pageStorage() });
  await auth.loginWith("oidc", { navigate: false });
  server.user = alice;
  const held = server.hold("GET /users/me");
  const completing = auth.completeRedirect();
  await held.asked;
  await auth.logout();
  held.release();
  assert.equal((await completing)?.outcome, "unchanged");
  assert.equal(auth.getSnapshot().status, "signed-out");
});

const refused: readonly (readonly [
  string,
  (auth: AuthClient, server: Server) => Promise<unknown>,
  string,
])[] = [
  ["a login without a name", (auth) => auth.login({ name: "", password: "" }), "invalid_argument"],
  [
    "a logout to another origin",
    (auth) => auth.logout({ redirect: "https://evil.example/" }),
    "unsafe_redirect",
  ],
  [
    "a login that the server refuses",
    (auth, server) => {
      server.answer = (request) =>
        request === "POST /login" ? Response.json({ message: "wait" }, { status: 429 }) : undefined;
      return auth.login(credentials);
    },
    "rate_limited",
  ],
];

for (const [what, call, code] of refused) {
  for (const before of ["signed-in", "signed-out"] as const) {
    test(`a refresh from ${before} says what the server says, though ${what} is refused beside it`, async () => {
      const server = new Server();
      server.user = before === "signed-in" ? alice : null;
      const auth = server.client();
      await auth.refresh();
      server.user = before === "signed-in" ? null : alice;
      const held = server.hold("GET /users/me");
      const refreshing = auth.refresh();
      await held.asked;
      assert.equal(await codeOf(call(auth, server)), code);
      held.release();
      const { status } = await refreshing;
      assert.equal(status, server.user ? "signed-in" : "signed-out");
      assert.equal(auth.getSnapshot().status, status);
    });
  }
}

for (const calls of [2, 3]) {
  test(`a logout that is called ${calls} times offline signs out here, before each of them rejects`, async () => {
    const server = new Server();
    const auth = server.client({ storage: pageStorage() });
    await auth.login(credentials);
    server.reachable = false;
    const seen = await Promise.all(
      Array.from({ length: calls }, async () => [await codeOf(auth.logout()), auth.getSnapshot().status]),
    );
    assert.deepEqual(seen, Array(calls).fill(["network_error", "signed-out"]));
    server.reachable = true;
    assert.equal((await auth.refresh()).status, "signed-out");
    assert.equal(server.user, null);
  });
}

test("the current session's end signs out, where no storage holds its id", async () => {
  for (const storage of [null, { getItem: () => null, setItem: () => {}, removeItem: () => {} }]) {
    const server = new Server();
    const auth = server.client({ storage });
    await auth.login(credentials);
    const [session] = await auth.listSessions();
    assert.equal(session?.current, true);
    await auth.revokeSession(session.id);
    assert.equal(auth.getSnapshot().status, "signed-out");
  }
});

for (const call of ["known", "refresh"] as const) {
  test(`${call} asks anew where a login beside it has ended in doubt`, async () => {
    const server = new Server();
    server.user = alice;
    const auth = server.client();
    const held = server.hold("GET /users/me");
    const asking = auth[call]();
    await held.asked;
    server.answer = (request) => (request === "POST /login" ? new Promise(() => undefined) : undefined);
    assert.equal(await codeOf(auth.login(credentials, { timeout: 20 })), "timeout");
    assert.equal(auth.getSnapshot().status, "unknown");
    held.release();
    assert.equal((await asking).status, "signed-in");
  });
}

test("a provider's login counts though an event has its question asked anew", async () => {
  const server = new Server();
  const storage = pageStorage();
  const auth = server.client({ storage });
  await auth.loginWith("oidc", { navigate: false });
  server.user = alice;
  const held = server.hold("GET /users/me");
  const completing = auth.completeRedirect();
  await held.asked;
  // A refused login begins an epoch, as another tab's message and a page that comes online do.
  server.answer = (request) =>
    request === "POST /login" ? Response.json({ message: "wait" }, { status: 429 }) : undefined;
  assert.equal(await codeOf(auth.login(credentials)), "rate_limited");
  held.release();
  assert.equal((await completing)?.outcome, "signed-in");
  assert.equal(await auth.completeRedirect(), null);
});
