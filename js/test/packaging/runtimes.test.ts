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

/** Runs a project's own tests, all of which pass. */
function passes(project: string, tool: string, args: string[], passed: RegExp): void {
  const { status, stdout, stderr } = spawnSync(join(project, "node_modules/.bin", tool), args, {
    cwd: project,
    env: { ...process.env, API: server.origin, NO_COLOR: "1" },
    encoding: "utf8",
  });
  assert.equal(status, 0, stdout + stderr);
  assert.match(stdout + stderr, passed);
}

test("Jest", async (t) => {
  const project = install("jest");
  const page = `--testEnvironmentOptions={"url":"${server.origin}/_test/blank"}`;
  await t.test("Jest requires the package as it comes, in Node and in jsdom", () => {
    passes(project, "jest", ["--ci", page, "--testPathPatterns", "\\.js$"], /Tests: +3 passed, 3 total/);
  });
  await t.test("Jest imports the package, in Node and in jsdom", () => {
    const jest = ["--experimental-vm-modules", join(project, "node_modules/jest/bin/jest.js")];
    const only = ["--testPathPatterns", "\\.mjs$"];
    const args = [...jest, "--ci", page, ...only];
    const env = { ...process.env, API: server.origin };
    const { stderr } = spawnSync(process.execPath, args, { cwd: project, env, encoding: "utf8" });
    assert.match(stderr, /Tests: +3 passed, 3 total/);
  });
});

test("Vitest imports the package, in Node, jsdom and happy-dom", () => {
  passes(install("vitest"), "vitest", ["run"], /Tests +3 passed \(3\)/);
});

test("workerd imports the module, and is asked for no member of a request that it refuses", () => {
  const { consent, inline, ...answer } = JSON.parse(
    run(install("workerd"), "run.js", server.origin, "read"),
  ) as Record<string, string>;
  assert.deepEqual(answer, { version: "v3.28.4", user: "alice", wrong: "invalid_credentials" });
  assert.match(String(inline), /could not be loaded: the runtime forbids it; import the module$/);
  assert.match(String(consent), /\/api\/v3\/oauth2\/authorize\?.*code_challenge=/);
});
