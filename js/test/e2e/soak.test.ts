import assert from "node:assert/strict";
import { needing } from "./engine.ts";
import { useHarness } from "./harness.ts";
import { grown, soak } from "./soak.ts";

// "make soak" in short.

const harness = useHarness();

needing("measuring")("neither calls nor clients leave anything behind", async () => {
  const soaked = await soak(harness.browser, harness.server, 1800, 250);
  assert.deepEqual(soaked.outcomes, {
    success: 300,
    not_authenticated: 300,
    rate_limited: 300,
    server_error: 300,
    AbortError: 300,
    timeout: 300,
  });
  assert.deepEqual(grown(soaked), []);
});
