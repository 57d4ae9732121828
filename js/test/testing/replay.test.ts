import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import type { TestServer } from "../../testing/src/types.ts";
import { Bridge } from "./bridge.ts";

// Every recording of a real traQ's, through `fetch`: the comparison is authtest's
// own, in Go.

const root = new URL("../../../", import.meta.url).pathname;
const { createTestServer } = (await import(`${root}js/testing/dist/index.js`)) as {
  createTestServer: () => Promise<TestServer>;
};

test("all recorded exchanges are answered as recorded, and fetch shows of them what a page sees", async () => {
  const through = await Bridge.start(createTestServer);
  try {
    const go = spawn("go", ["test", "-count=1", "-v", "-run", "^TestReplayRemote$", "./authcore/authtest"], {
      cwd: root,
      env: { ...process.env, REPLAY_AT: through.address },
    });
    const [output, ended] = await Promise.all([text(go.stdout), once(go, "exit")]);
    assert.equal(ended[0], 0, output.replace(/^ *(=== |--- PASS).*\n/gm, ""));
    assert.match(output, /304 of 305 exchanges replayed/);
    assert.match(output, /99 of 101 exchanges replayed/);
    assert.deepEqual(through.differences, []);
    assert.ok(through.fetched > 304 + 99, String(through.fetched));
  } finally {
    through.close();
  }
});
