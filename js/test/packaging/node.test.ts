import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startServer, type TestServer } from "../e2e/server.ts";
import { install, projects, run } from "./project.ts";

let server: TestServer;
/** What src/node.js tells of each call; of an error the code, and what it says. */
let outcomes: Record<string, { code?: string; message?: string } | undefined>;
before(async () => {
  server = await startServer(projects);
  await server.act("token", "read", "alice", "read");
  outcomes = JSON.parse(run(install("alone"), "src/node.js", server.origin)) as typeof outcomes;
});
after(() => server.close());

test("Node reads the module from disk or has it inside, and asks the server", () => {
  const info = { version: "v3.28.4", revision: "ac297a77", providers: ["oidc"], signUpAllowed: false };
  assert.deepEqual(outcomes["server"], info);
  assert.deepEqual(outcomes["inline"], info);
  assert.equal(outcomes["without a base"]?.code, "invalid_argument");
});

test("Node calls with a token", () => {
  assert.equal((outcomes["token"] as { name?: string }).name, "alice");
});

test("Node has the OAuth2 client, its module from disk or inside", () => {
  for (const name of ["oauth2", "oauth2 inline"]) {
    assert.match(
      outcomes[`${name}: address`] as unknown as string,
      /\/api\/v3\/oauth2\/authorize\?.*code_challenge=[\w-]{43}/,
    );
    assert.equal((outcomes[`${name}: user`] as { name?: string }).name, "alice");
    assert.equal(outcomes[`${name}: nobody`]?.code, "not_authenticated");
  }
  assert.equal(outcomes["oauth2 by navigating"]?.code, "browser_required");
});

test("Node is told that no cookie was kept", () => {
  assert.equal(outcomes["login, cookie lost"]?.code, "cookie_not_kept");
  assert.equal(outcomes["redirecting login, cookie lost"]?.code, "cookie_not_kept");
  assert.equal(outcomes["sessions without a cookie"]?.code, "not_authenticated");
});

test("Node does all of it with a fetch that keeps cookies, and its visible redirects count as a browser's", () => {
  assert.deepEqual(outcomes["login"], { redirectTo: `${server.origin}/channels/general` });
  assert.equal(outcomes["sessions"], 3); // two of logins whose cookie was lost
  assert.deepEqual(outcomes["link"], { url: `${server.origin}/api/auth/oidc?link=1` });
  assert.equal(outcomes["link by navigating"]?.code, "browser_required");
  assert.deepEqual(outcomes["logout"], { redirectTo: `${server.origin}/` });
  assert.equal(outcomes["sessions afterwards"]?.code, "not_authenticated");
});
