import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { alice, Server } from "../traq.ts";

// What another tab tells while this one asks, though nobody has subscribed here.

before(() => {
  Object.assign(globalThis, { location: { href: "https://app.example/", origin: "https://app.example" } });
});
after(() => Reflect.deleteProperty(globalThis, "location"));

for (const call of ["known", "refresh", "getUser"] as const) {
  test(`another tab's login counts more than what ${call} asked before`, async (t) => {
    const server = new Server();
    const auth = server.client();
    t.after(auth.dispose);
    const held = server.hold("GET /users/me");
    const asking = auth[call]().catch(() => undefined);
    await held.asked;
    server.user = alice;
    const other = new BroadcastChannel("traq-auth:tabs:1:https://q.example/api/v3");
    t.after(() => other.close());
    other.postMessage({ status: "signed-in", user: alice });
    await new Promise((resolve) => setTimeout(resolve, 50));
    held.release();
    await asking;
    assert.equal(auth.getSnapshot().status, "signed-in");
  });
}

test("a session that is revoked by its id in capitals is the current one all the same", async (t) => {
  const server = new Server();
  server.user = alice;
  const auth = server.client();
  t.after(auth.dispose);
  await auth.refresh();
  const [session] = await auth.listSessions();
  server.answer = (request) => {
    if (request.startsWith("DELETE ")) {
      server.user = null;
    }
    return undefined;
  };
  await auth.revokeSession(session?.id.toUpperCase() ?? "");
  assert.equal(auth.getSnapshot().status, "signed-out");
});
