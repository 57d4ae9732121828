import assert from "node:assert/strict";
import { after, before, beforeEach, mock, test } from "node:test";
import { startServer, type TestServer } from "../e2e/server.ts";
import { sessionOf } from "../docs/servers/session.ts";
import { userOf } from "../docs/servers/token.ts";

// What docs/servers-and-edges.md shows, at a server in memory.

let server: TestServer;
const real = globalThis.fetch;
before(async () => {
  server = await startServer();
  mock.method(globalThis, "fetch", (input: string, init?: RequestInit) =>
    real(input.replace("https://traq.example", server.origin), init),
  );
});
after(() => server.close());
beforeEach(() => server.reset());

/** Signs in as somebody's browser does, and gives its cookie. */
async function cookieOf(name: string): Promise<string> {
  const response = await real(`${server.origin}/api/v3/login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name, password: "password1234" }),
  });
  return response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}

const request = (headers: Record<string, string>): Request =>
  new Request("https://app.example/", { headers });

test("a server asks with the cookies of two people at a time", async () => {
  const [alice, bob] = await Promise.all([cookieOf("alice"), cookieOf("bob")]);
  const snapshots = await Promise.all(
    [alice, bob, ""].map((cookie) => sessionOf(request({ Cookie: cookie }))),
  );
  assert.deepEqual(
    snapshots.map(({ status, user }) => [status, user?.name]),
    [
      ["signed-in", "alice"],
      ["signed-in", "bob"],
      ["signed-out", undefined],
    ],
  );
});

test("a server asks with a token, and refuses one that is wrong", async () => {
  await server.act("token", "a-token", "alice", "read");
  assert.equal((await userOf(request({ Authorization: "Bearer a-token" }))).name, "alice");
  await assert.rejects(userOf(request({ Authorization: "Bearer another" })), { code: "invalid_token" });
  await assert.rejects(userOf(request({})), { code: "not_authenticated" });
});
