import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { engine } from "./engine.ts";
import { html, sleep, useFronts } from "./front.ts";
import { useHarness } from "./harness.ts";
import { waitFor } from "./wait.ts";

// What the guide has a page's head say to start sooner: the module is downloaded beside the
// JavaScript, and once, since what the client asks for is what the browser has preloaded. WebKit
// gives no fetch() what was preloaded: https://github.com/trunk-rs/trunk/issues/229

const harness = useHarness();
const startFront = useFronts();
beforeEach(() => harness.reset());

const guide = readFileSync(new URL("../../../docs/performance.md", import.meta.url), "utf8");
const lines = (guide.split("```html\n")[1]?.split("```")[0] ?? "").replaceAll("/…/traq-auth/dist/", "/pkg/");

const entries = [
  { name: "traq-auth", script: "index.js", module: "traq-auth.wasm", create: "createAuthClient()" },
  {
    name: "traq-auth/oauth2",
    script: "oauth2.js",
    module: "traq-auth-oauth2.wasm",
    create: `createOAuth2Client({ baseURL: "/api/v3", clientId: "the-app" })`,
  },
];

for (const { name, script, module, create } of entries) {
  test(`the module of ${name} is downloaded beside the JavaScript, and once, where the page preloads it`, async () => {
    const page = await harness.page();
    const head = lines.replaceAll("index.js", script).replaceAll("traq-auth.wasm", module);
    assert.ok(head.includes(`"/pkg/${script}"`) && head.includes(`"/pkg/${module}"`), guide);
    let sooner = false;
    const front = await startFront(harness.server.origin, async ({ url }, res, forward) => {
      if (url === "/start") {
        return html(
          res,
          `${head}<script type="module">
            import { ${create.replace(/\(.*/s, "")} } from "/pkg/${script}";
            ${create}.ready().then(() => { document.title = "ready" }, (error) => { document.title = error });
          </script>`,
        );
      }
      if (url === `/pkg/${script}`) {
        for (let i = 0; i < 100 && !sooner; i++) {
          await sleep(20);
          sooner = front.hits.includes(`GET /pkg/${module}`);
        }
      }
      forward({ headers: { "Cache-Control": "no-store" } });
      return true;
    });
    await page.goto(`${front.origin}/start`);
    await waitFor(page, () => document.title);
    assert.equal(await page.evaluate(() => document.title), "ready");
    assert.ok(sooner, "the module is downloaded only once the JavaScript is there");
    const downloads = (file: string): number => front.hits.filter((hit) => hit === `GET /pkg/${file}`).length;
    assert.deepEqual([downloads(script), downloads(module)], [1, engine === "webkit" ? 2 : 1]);
  });
}
