import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";

// How the module is found, and what is said when it crashes.

const root = new URL("../../../", import.meta.url);
const dist = new URL("js/testing/dist/", root);
type Testing = typeof import("../../testing/src/index.ts");
const imported = (await import(new URL("index.js", dist).href)) as Testing;
const required = createRequire(import.meta.url)(new URL("cjs/index.js", dist).pathname) as Testing;

const beside = new URL("traq-auth-testing.wasm", dist);
const bytes = readFileSync(beside);

for (const [format, { createTestServer }] of [
  ["import", imported],
  ["require", required],
] as const) {
  for (const [what, wasm] of [
    ["nothing", undefined],
    ["an address", beside],
    ["an address as a text", beside.href],
    ["a path", beside.pathname],
    ["bytes", bytes],
    ["what they compile to", await WebAssembly.compile(bytes)],
  ] as const) {
    test(`${format} takes ${what}`, async () => {
      const traq = await createTestServer(wasm === undefined ? {} : { wasm });
      assert.equal((await traq.fetch("/api/v3/version")).status, 200);
    });
  }
}

let crashing: Buffer;
const folder = mkdtempSync(join(tmpdir(), "traq-auth-crashing-"));
after(() => rmSync(folder, { recursive: true }));
before(() => {
  const { status, stderr } = spawnSync(
    "go",
    ["build", "-o", join(folder, "crashing.wasm"), "./js/test/testing/crashing"],
    { cwd: root, env: { ...process.env, GOOS: "js", GOARCH: "wasm" }, encoding: "utf8" },
  );
  assert.equal(status, 0, stderr);
  crashing = readFileSync(join(folder, "crashing.wasm"));
});

for (const [format, { createTestServer }] of [
  ["import", imported],
  ["require", required],
] as const) {
  test(`a crash says why, to who asked and to who waits, and the next server is a new one (${format})`, async () => {
    const traq = await createTestServer({ wasm: crashing });
    const why = (error: Error): boolean => {
      assert.match(error.message, /has crashed; createTestServer starts it again/);
      assert.match(String(error.cause), /panic: the answer is not 42/);
      return true;
    };
    const waiting = assert.rejects(traq.fetch("/api/v3/version"), why);
    assert.throws(() => traq.requests, why);
    await waiting;
    await assert.rejects(traq.fetch("/api/v3/version"), why);
    await new Promise((resolve) => setTimeout(resolve, 100)); // the program would wake up now
    const next = await createTestServer({ wasm: crashing });
    assert.throws(() => next.requests, why);
  });
}
