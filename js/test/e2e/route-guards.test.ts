import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import { pageScript } from "./apps/bundle.ts";
import { alice } from "./client.ts";
import { html, run, useFronts } from "./front.ts";
import { useHarness } from "./harness.ts";
import { count, me } from "./tab-life.ts";
import { waitFor } from "./wait.ts";

// The guards of routes that docs/route-guards.md shows: who is signed in sees the page,
// who is not is led to the login; and a guard asks no more than what is shown beside it.

const harness = useHarness();
const startFront = useFronts();
beforeEach(() => harness.reset());

interface Application {
  readonly logIn: (name: string, password: string) => Promise<string>;
  readonly go: (path: string) => Promise<unknown>;
}

/** Waits until a page has a heading and shows who is signed in. */
const shows = (page: Page, ...texts: [string, string]): Promise<void> =>
  waitFor(
    page,
    (heading, who) =>
      document.querySelector("h1")?.textContent === heading &&
      document.querySelector("p")?.textContent === who,
    ...texts,
  );

/** Where a page is, for the person at it. */
const whereIs = (page: Page): Promise<unknown> =>
  page.evaluate("[location.pathname, new URLSearchParams(location.search).get('to')]");

for (const router of ["react", "vue"]) {
  test(`the guard of a route in ${router} waits until it is known, and asks nothing of its own`, async () => {
    const script = await pageScript(`${router}/router`);
    const { origin, hits } = await startFront(harness.server.origin, (req, res) => {
      if (req.url === "/router.js") {
        res.writeHead(200, { "Content-Type": "text/javascript" }).end(script);
        return true;
      }
      return (
        /^\/(settings|login)\b/.test(req.url ?? "") &&
        html(
          res,
          '<div id="root"></div><script>var rendered;</script><script type="module" src="/router.js"></script>',
        )
      );
    });
    const page = await harness.page(origin);

    await page.goto(`${origin}/settings?tab=2`);
    await shows(page, "Log in", "signed-out");
    assert.deepEqual(await whereIs(page), ["/login", "/settings?tab=2"]);
    assert.equal(count(hits, me), 1, "the guard's and what is shown beside it");

    await page.evaluate(async ({ name, password }) => {
      const { logIn, go } = globalThis as unknown as Application;
      await go(await logIn(name, password));
    }, alice);
    await shows(page, "Settings", "alice");
    assert.deepEqual(await whereIs(page), ["/settings", null]);
    assert.equal(count(hits, me), 2, "the login's own");

    await page.goto(`${origin}/settings?tab=2`);
    await shows(page, "Settings", "alice");
    assert.deepEqual(await whereIs(page), ["/settings", null]);
    assert.equal(count(hits, me), 3, "of a page that is loaded anew");

    await run(page, "await auth.logout(); await go('/login'); await go('/settings'); return 0");
    await shows(page, "Log in", "signed-out");
    assert.equal(count(hits, me), 3, "it is known");
  });
}
