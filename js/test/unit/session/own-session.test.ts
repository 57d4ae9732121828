import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import type { AuthClient } from "../../../src/client-types.ts";
import { leave, open, page } from "../page.ts";
import { alice, codeOf, credentials, pageStorage, Server } from "../traq.ts";

// What a client knows of its own session, and what becomes of the state when that is ended.

const own = "01a207ab-7610-7cca-92e9-2da640e2838e";
const other = "01a207ab-7610-7cca-92e9-2da640e2838f";

const clients: AuthClient[] = [];
beforeEach(open);
afterEach(() => {
  clients.splice(0).forEach((auth) => auth.dispose());
  leave();
});

/** A client of a server where alice has two sessions, opened so long ago that neither is known to be the own. */
function client(server: Server): AuthClient {
  server.user = alice;
  server.answer = (request) => {
    if (request === "GET /users/me/sessions" && server.user) {
      return Response.json([own, other].map((id) => ({ id, issuedAt: "2024-01-01T00:00:00Z" })));
    }
    if (request.startsWith("DELETE ")) {
      server.user = request.endsWith(own) ? null : server.user;
      return new Response(null, { status: 204 });
    }
    return undefined;
  };
  const auth = server.client({ storage: pageStorage() });
  clients.push(auth);
  return auth;
}

test("whoever ends a session, and may have ended the own, is told by the server who is signed in", async () => {
  for (const [id, status] of [
    [other, "signed-in"],
    [own, "signed-out"],
  ] as const) {
    const auth = client(new Server());
    await auth.refresh();
    assert.deepEqual(
      (await auth.listSessions()).map(({ current }) => current),
      [null, null],
    );
    await auth.revokeSession(id);
    assert.equal(auth.getSnapshot().status, status);
  }
});

test("one request ends a session of which nothing was listed", async () => {
  const server = new Server();
  const auth = client(server);
  await auth.revokeSession(other);
  assert.deepEqual(server.requests, [`DELETE /users/me/sessions/${other}`]);
});

for (const event of ["focus", "visibilitychange", "online"]) {
  test(`a login during which the page gets the event ${event} knows its session`, async (t) => {
    const server = new Server();
    const storage = pageStorage();
    const auth = server.client({ storage });
    clients.push(auth);
    auth.subscribe(() => {});
    await auth.known();
    const { now } = Date;
    t.mock.method(Date, "now", () => now() + 6000); // it was looked at long ago
    const { asked, release } = server.hold("POST /login", () => {
      server.user = alice;
      return new Response(null, { status: 204, headers: { Date: new Date().toUTCString() } });
    });
    const login = codeOf(auth.login(credentials));
    await asked;
    page.dispatchEvent(new Event(event));
    await new Promise((resolve) => setTimeout(resolve, 20));
    release();
    assert.equal(await login, undefined);
    assert.equal(auth.getSnapshot().status, "signed-in");
    assert.deepEqual([...storage.items.keys()], ["traq-auth:session:https://q.example/api/v3"]);
  });
}
