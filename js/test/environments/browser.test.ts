import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import { useHarness } from "../e2e/harness.ts";
import { pageScript } from "./bundle.ts";
import { inPage, uncaught, watched } from "./page.ts";
import { play } from "./scenario.ts";
import { waitFor } from "../e2e/wait.ts";

// The package beside what else is in people's pages and lays hands on fetch,
// timers and promises: a scenario with all of it, loaded before the package or
// after the client has been used.

const harness = useHarness();
beforeEach(() => harness.reset());

const requests = ["POST /api/v3/login", "GET /api/v3/users/me/sessions", "POST /api/v3/logout"];

/** Waits until the library in a page has seen all requests. */
async function sees(page: Page): Promise<void> {
  await waitFor(
    page,
    (requests) => {
      const { seen } = globalThis as unknown as { seen: string[] };
      return requests.every((request) => seen.includes(request));
    },
    requests,
  );
}

for (const [script, name, file = "index.js"] of [
  ["opentelemetry", "OpenTelemetry's fetch instrumentation"],
  ["sentry", "Sentry"],
  ["datadog", "Datadog RUM"],
  ["zone", "zone.js"],
  ["whatwg-fetch", "whatwg-fetch"],
  // Its fetch reads every body as text, so that no module comes through.
  ["pretender", "Pretender", "inline.js"],
  ["proxied", "a fetch that gives proxies of responses"],
  ["cross-fetch", "cross-fetch as the option fetch"],
] as const) {
  test(`beside ${name}, loaded before the package`, async () => {
    const page = await watched(harness);
    await page.evaluate(await pageScript(script));
    await play(harness.server, inPage(page, file));
    await sees(page);
    assert.deepEqual(await uncaught(page), []);
  });
  if (script !== "cross-fetch") {
    test(`beside ${name}, loaded when the client was used`, async () => {
      const page = await watched(harness);
      const run = inPage(page, file);
      assert.equal((await run((auth) => auth.refresh())).error, undefined);
      await page.evaluate(await pageScript(script));
      await play(harness.server, run);
      await sees(page);
      assert.deepEqual(await uncaught(page), []);
    });
  }
}
