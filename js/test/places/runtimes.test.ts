import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { startServer, type TestServer } from "../e2e/server.ts";
import { installPlace, projects } from "../packaging/project.ts";
import { build } from "./place.ts";

// The package in runtimes that are not Node: each asks the server for itself, and signs somebody in.

let server: TestServer;
before(async () => {
  server = await startServer(projects);
  await server.act("token", "read", "alice", "read");
});
after(() => server.close());

const asked = "alice, at traQ v3.28.4\nalice is signed in, in 1 place\n";

test("Bun", async (t) => {
  const env = { API: server.origin };
  const project = installPlace("bun");
  build(project, "rebuild", env); // its binary is put in place by its script
  await t.test("Bun runs the package", () => {
    assert.equal(build(project, "ask", env), asked);
  });
  await t.test("Bun bundles the package for a server, which runs elsewhere", () => {
    build(project, "bundle", env);
    assert.equal(build(project, "bundled", env), asked);
  });
  await t.test("Bun compiles the package into a program", () => {
    build(project, "compile", env);
    assert.equal(build(project, "compiled", env), asked);
  });
  await t.test("Bun tests with the package", () => {
    build(project, "tests", env);
  });
});

test("Deno runs the package", () => {
  assert.equal(build(installPlace("deno"), "ask", { API: server.origin }), asked);
});
