import assert from "node:assert/strict";
import { after, before, test, type TestContext } from "node:test";
import type { AuthClient } from "../../../src/client-types.ts";
import { alice, broken, codeOf, credentials, nobody, pageStorage, Server } from "../traq.ts";

// A pending logout ends the session that it was for, and none that somebody opens while it is sent.

const origin = "https://q.example"; // the API's

before(() => Object.assign(globalThis, { location: { href: `${origin}/`, origin } }));
after(() => Reflect.deleteProperty(globalThis, "location"));

/** Two tabs, of which the first has a logout pending, as the server could not be reached. */
async function logoutIsPending(
  t: TestContext,
): Promise<{ server: Server; auth: AuthClient; other: AuthClient }> {
  const server = new Server();
  server.user = alice;
  const storage = pageStorage();
  const [auth, other] = [server.client({ storage }), server.client({ storage })];
  t.after(() => [auth, other].forEach((client) => client.dispose()));
  await auth.refresh();
  server.reachable = false;
  assert.equal(await codeOf(auth.logout()), "network_error");
  server.reachable = true;
  return { server, auth, other };
}

const quiet = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 20));

for (const [who, signIn] of [
  ["another tab", ({ other }: { other: AuthClient }) => other.login(credentials)],
  [
    "this tab",
    async ({ auth }: { auth: AuthClient }) => {
      await auth.logout();
      await auth.login(credentials);
    },
  ],
  ["another tab, which cannot tell it", ({ other }: { other: AuthClient }) => other.login(credentials)],
] as const) {
  test(`it is not sent where ${who} has sent it, and signed in, while it is asked whose session it is`, async (t) => {
    const { BroadcastChannel } = globalThis;
    t.after(() => Object.assign(globalThis, { BroadcastChannel }));
    if (who.endsWith("tell it")) {
      Reflect.deleteProperty(globalThis, "BroadcastChannel");
    }
    const { server, auth, other } = await logoutIsPending(t);
    const look = server.hold("GET /users/me"); // as it is now
    const asking = codeOf(auth.refresh());
    await look.asked;
    await signIn({ auth, other });
    await quiet();
    look.release();
    await asking;
    await quiet();
    assert.equal(server.user, alice);
    assert.equal(server.requests.filter((request) => request === "POST /logout").length, 2);
  });
}

test("it is gone before a login, though another logout has failed meanwhile", async (t) => {
  const { server, auth } = await logoutIsPending(t);
  const look = server.hold("GET /users/me", nobody);
  const asking = codeOf(auth.refresh());
  await look.asked;
  const out = server.hold("POST /logout", broken);
  const again = codeOf(auth.logout());
  await out.asked;
  server.user = null; // the server has carried it out
  out.release();
  assert.equal(await again, "network_error");
  const login = codeOf(auth.login(credentials));
  await quiet();
  let release!: () => void;
  const released = new Promise<void>((resolve) => (release = resolve));
  let asked = 0;
  server.answer = (request) =>
    request === "GET /users/me" && server.user && !asked++
      ? released.then(() => (server.user ? Response.json(server.user) : nobody()))
      : undefined;
  look.release();
  await quiet();
  await codeOf(auth.getUser()); // while the login asks whose session it has opened
  release();
  assert.equal(await login, undefined);
  await asking;
  assert.equal(server.user, alice);
  assert.equal(auth.getSnapshot().status, "signed-in");
});
