import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { startServer, type TestServer } from "../e2e/server.ts";
import { install, projects, run } from "./project.ts";

// The package where no browser is: what requires it, and Cloudflare's runtime.

let server: TestServer;
before(async () => {
  server = await startServer(projects);
  await server.act("token", "read", "alice", "read");
});
after(() => server.close());

test("Jest requires the package as it comes", () => {
  const project = install("jest");
  const { status, stderr } = spawnSync(join(project, "node_modules/.bin/jest"), ["--ci"], {
    cwd: project,
    env: { ...process.env, API: server.origin },
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  assert.match(stderr, /Tests: +2 passed, 2 total/);
});

test("workerd imports the module, and is asked for no member of a request that it refuses", () => {
  const { consent, inline, ...answer } = JSON.parse(
    run(install("workerd"), "run.js", server.origin, "read"),
  ) as Record<string, string>;
  assert.deepEqual(answer, { version: "v3.28.4", user: "alice", wrong: "invalid_credentials" });
  assert.match(String(inline), /could not be loaded: the runtime forbids it; import the module$/);
  assert.match(String(consent), /\/api\/v3\/oauth2\/authorize\?.*code_challenge=/);
});
