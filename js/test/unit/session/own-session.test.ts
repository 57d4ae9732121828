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

/** A session that is opened at a time, as traQ makes its id. */
const sessionAt = (ms: number): { id: string; issuedAt: string } => ({
  id: ms.toString(16).padStart(12, "0").replace(/^.{8}/, "$&-") + "-7cca-92e9-2da640e2838e",
  issuedAt: new Date(ms).toISOString(),
});

/** A server that opens a session at each login, and dates its answers; `sessions` are all that there are. */
function datedServer(): { server: Server; sessions: { id: string; issuedAt: string }[] } {
  const server = new Server();
  const sessions = [sessionAt(Date.now() - 1e9)];
  const headers = (): HeadersInit => ({ Date: new Date().toUTCString() });
  server.answer = (request) => {
    if (request.startsWith("POST /login")) {
      server.user = alice;
      sessions.push(sessionAt(Date.now()));
      return new Response(null, { status: 204, headers: headers() });
    }
    return request.startsWith("GET /users/me/sessions")
      ? Response.json(sessions, { headers: headers() })
      : undefined;
  };
  return { server, sessions };
}

for (const slow of [0, 20]) {
  test(`a login after one that was aborted knows its session, with a storage that takes ${slow} ms`, async () => {
    const { server } = datedServer();
    const stored = pageStorage();
    const getItem = async (key: string): Promise<string | null | undefined> => {
      await new Promise((resolve) => setTimeout(resolve, slow));
      return stored.getItem(key);
    };
    const auth = server.client({ storage: slow ? { ...stored, getItem } : stored });
    clients.push(auth);
    await auth.refresh();
    const controller = new AbortController();
    const first = codeOf(auth.login(credentials, { signal: controller.signal }));
    controller.abort("again");
    await first;
    await auth.login(credentials);
    const sessions = await auth.listSessions();
    assert.deepEqual(
      sessions.map(({ current }) => current),
      sessions.map((_, i) => i === sessions.length - 1),
    );
  });
}

test("no session is taken for the own after a login beside it of which nobody knows how it ended", async () => {
  const { server, sessions } = datedServer();
  sessions.length = 0;
  const auth = server.client({ storage: pageStorage() });
  clients.push(auth);
  await auth.refresh();
  const { answer } = server;
  const answers: ((response: Response) => void)[] = [];
  server.answer = (request) =>
    request === "POST /login" ? new Promise((resolve) => answers.push(resolve)) : answer(request);
  const first = auth.login(credentials);
  const controller = new AbortController();
  const second = codeOf(auth.login(credentials, { signal: controller.signal })); // a double click
  await new Promise((resolve) => setTimeout(resolve, 20));
  assert.equal(answers.length, 2);
  server.user = alice;
  sessions.push(sessionAt(1.6e12));
  answers[0]?.(new Response(null, { status: 204 }));
  await first;
  await auth.listSessions(); // it is the only one
  sessions.push(sessionAt(1.7e12)); // whose cookie the browser keeps
  controller.abort("closed");
  await second;
  await auth.refresh();
  assert.deepEqual(
    (await auth.listSessions()).map(({ current }) => current),
    [null, null],
  );
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
