import assert from "node:assert/strict";
import type http from "node:http";
import type { Page } from "puppeteer-core";
import { type Handler, html, run, sleep, useFronts } from "./front.ts";
import type { Harness } from "./harness.ts";

// What tests of a tab's life share: pages that tell what happens in them, and waiting for it.

export const api = "/api/v3";
export const me = `GET ${api}/users/me`;

/** A front, with what its pages tell by tell(…), as they would a server of their own. */
interface TellingFront {
  readonly origin: string;
  readonly hits: string[];
  readonly told: string[];
}

/** Has a file's tests start such fronts. */
export function useTellingFronts(harness: Harness): (handler?: Handler) => Promise<TellingFront> {
  const startFront = useFronts();
  return async (handler = () => false) => {
    const told: string[] = [];
    const { origin, hits } = await startFront(harness.server.origin, (req, res, forward) => {
      const url = new URL(req.url ?? "/", "http://front");
      if (url.pathname === "/told") {
        told.push(decodeURIComponent(url.search.slice(1)));
        res.writeHead(204).end();
        return true;
      }
      return handler(req, res, forward);
    });
    return { origin, hits, told };
  };
}

export const count = (hits: readonly string[], hit: string): number =>
  hits.filter((one) => one === hit).length;

/** Waits until something holds. */
export async function until(what: string, holds: () => boolean, timeout = 20_000): Promise<void> {
  for (const end = Date.now() + timeout; !holds();) {
    assert.ok(Date.now() < end, what);
    await sleep(50);
  }
}

/** Waits until a page's body of an async function returns what is truthy. */
export async function untilIn(page: Page, body: string): Promise<void> {
  for (const end = Date.now() + 20_000; (await run(page, body)) !== true;) {
    assert.ok(Date.now() < end, body);
    await sleep(100);
  }
}

/** A page with a client that watches, and tells of each snapshot. */
export const watching = (res: http.ServerResponse, more = ""): true =>
  html(
    res,
    `<body><script type="module">
      import { createAuthClient } from "/pkg/index.js";
      let telling; // one after the other: two requests at once may overtake each other
      globalThis.tell = (what) => (telling = Promise.resolve(telling).catch(() => {}).then(
        () => fetch("/told?" + encodeURIComponent(what), { cache: "no-store" }),
      ));
      globalThis.auth = createAuthClient();
      auth.subscribe(({ status, user }) => tell(location.pathname + " " + (user ? user.name : status)));
      addEventListener("pageshow", ({ persisted }) => tell(location.pathname + " shown " + (persisted ? "again" : "anew")));
      ${more}
    </script>`,
  );

export const stalled = async (res: http.ServerResponse, ms: number): Promise<boolean> => {
  const connection = { gone: false };
  res.on("close", () => (connection.gone = true));
  await sleep(ms);
  return connection.gone;
};

/** Another tab with a page's cookies, which a test closes itself. */
export async function tabBeside(page: Page): Promise<Page> {
  const tab = await page.browserContext().newPage();
  await tab.goto(page.url());
  return tab;
}

/** Opens a page of the front's, signs alice in, and opens another tab there. */
export async function twoTabs(harness: Harness, origin: string): Promise<[Page, Page]> {
  const page = await harness.page(origin);
  await run(page, "await createAuthClient().login(alice)");
  return [page, await tabBeside(page)];
}

export const statusOf = (page: Page): Promise<unknown> =>
  run(
    page,
    "const auth = createAuthClient(); return [(await auth.refresh()).status, (await fetch('/api/v3/users/me')).status]",
  );
