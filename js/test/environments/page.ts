import type { Page } from "puppeteer-core";
import { outcome } from "../e2e/client.ts";
import type { Harness } from "../e2e/harness.ts";
import type { Run } from "./scenario.ts";

/** Runs tasks in a page, with its client, by a file of the package. */
export const inPage =
  (page: Page, file = "index.js"): Run =>
  (task) =>
    outcome(
      page,
      `(async () => {
        const { createAuthClient } = await import("/pkg/${file}");
        const auth = (globalThis.theClient ??= createAuthClient({ fetch: globalThis.givenFetch }));
        return (${task.toString()})(auth, globalThis);
      })()`,
    );

/** Gives a page that keeps what nobody catches. */
export async function watched(harness: Harness): Promise<Page> {
  const page = await harness.page();
  await page.evaluate(`
    globalThis.uncaught = [];
    addEventListener("error", ({ message }) => uncaught.push(message));
    addEventListener("unhandledrejection", ({ reason }) => uncaught.push(String(reason)));`);
  return page;
}

/** What nobody has caught in a page. */
export const uncaught = (page: Page): Promise<unknown> => page.evaluate("uncaught");
