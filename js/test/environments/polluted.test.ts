import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { useHarness } from "../e2e/harness.ts";
import { pageScript } from "./bundle.ts";
import type { Pollution, Value } from "./pages/polluted.ts";

// Something of the page's has put a property on Object.prototype, which every
// object then seems to have. Where a fetch written by hand bears it, so does
// the package, and does the same as ever.

const harness = useHarness();
beforeEach(() => harness.reset());

/** What fetch, the options and the errors have names for, and what a language looks for in any object. */
const names = `body headers method signal redirect credentials mode cache integrity keepalive referrer
  referrerPolicy priority duplex window get set value writable enumerable configurable then toJSON raw length
  status code name message cause operation serverMessage requestId retryAfterMs retryable
  timeout retries baseURL authURL accessToken fetch navigate storage wasm allowedRedirectOrigins all returnTo
  user id current issuedAt url type ok redirected clock begun first meanwhile numbers texts
  password detail data key href byteLength fatal ignoreBOM`.split(/\s+/);

const expected =
  "invalid_credentials 401; null; already_logged_in 400; true; alice; v3.28.4; /api/auth/oidc; " +
  "invalid_argument null; signed-in; null; signed-out";

declare const pollution: Pollution;

// How the module comes is another path in each.
for (const [entry, when] of [
  ["index.js", "before the import"],
  ["index.js", "after the import"],
  ["inline.js", "before the import"],
] as const) {
  test(`with properties on Object.prototype ${when} of ${entry}`, async () => {
    const page = await harness.page();
    const script = await pageScript("polluted");
    const open = async (): Promise<void> => {
      await page.goto(`${harness.server.origin}/_test/blank`);
      await page.evaluate(script);
    };
    const client = async (names: readonly string[], value: Value): Promise<string> => {
      await harness.server.reset(); // what went wrong before may have left a session
      await page.evaluate(() => localStorage.clear());
      await open();
      if (when.startsWith("after")) {
        await page.evaluate((entry) => import(`/pkg/${entry}`), entry);
      }
      return page.evaluate((...args) => pollution.client(...args), entry, names, value);
    };
    assert.equal(await client([], "text"), expected);
    const wrong: string[] = [];
    for (const value of await page.evaluate(() => pollution.values)) {
      const borne = await page.evaluate((names, value) => pollution.borne(names, value), names, value);
      assert.ok(borne.length > 50, `${value}: a fetch by hand bears ${borne.join(", ")} alone`);
      // All at once; which of them it is that harms, where one does.
      if ((await client(borne, value)) !== expected) {
        for (const name of borne) {
          const outcomes = await client([name], value);
          if (outcomes !== expected) {
            wrong.push(`Object.prototype.${name}, ${value}: ${outcomes}`);
          }
        }
        wrong.push(`all at once, ${value}`);
      }
    }
    assert.deepEqual(wrong, []);
  });
}
