import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { command, project, testing, testingTarball } from "./projects.ts";

// The tarball that is published, in the test runners of people: no Go is there.

const js = new URL("../../", import.meta.url).pathname;

test("the tarball is what tools expect of one, and its types are right however they resolve", () => {
  for (const [tool, ...args] of [
    ["publint", testingTarball, "--strict"],
    ["attw", testingTarball],
  ] as const) {
    const { status, stdout } = spawnSync(join(js, "node_modules/.bin", tool), args, {
      cwd: testing,
      encoding: "utf8",
    });
    assert.equal(status, 0, stdout);
  }
});

test("Vitest runs it in Node, jsdom and happy-dom, and MSW has it behind one handler", () => {
  const { status, output } = command(project("vitest"), "vitest", "run");
  assert.equal(status, 0, output);
  assert.match(output, /Tests +13 passed \(13\)/);
});

test("Jest requires it in Node and jsdom, and imports it", () => {
  const { status, output } = command(project("jest"), "jest", "--ci");
  assert.equal(status, 0, output);
  assert.match(output, /Tests: +3 passed, 3 total/);
});
