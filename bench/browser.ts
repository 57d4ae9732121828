import { setTimeout } from "node:timers/promises";
import { type Browser, type CDPSession, launch, type Page } from "puppeteer-core";
import { chromium } from "../js/test/e2e/chromium.ts";
import type { Server } from "./server.ts";

/** Milliseconds after which a page is at rest, and the one before it has gone: its end keeps a processor busy. */
const rest = 250;

export function startBrowser(): Promise<Browser> {
  return launch({
    ...chromium,
    networkEnabled: false, // to be told of each request makes all of them slower
    protocolTimeout: 600_000,
  });
}

/** Does something in a page that nothing is cached for, of a user who is signed in. */
export async function inFreshPage<T>(
  browser: Browser,
  server: Server,
  task: (page: Page, cdp: CDPSession) => Promise<T>,
  prepare?: (page: Page, cdp: CDPSession) => Promise<unknown>,
): Promise<T> {
  const context = await browser.createBrowserContext();
  try {
    const { hostname } = new URL(server.origin);
    await context.setCookie({ name: "r_session", value: server.cookie, domain: hostname, httpOnly: true });
    const page = await context.newPage();
    // tsx wraps named functions in this one; those that the page runs too.
    await page.evaluateOnNewDocument("globalThis.__name = (f) => f");
    const cdp = await page.createCDPSession();
    await prepare?.(page, cdp);
    await page.goto(server.origin);
    await setTimeout(rest);
    return await task(page, cdp);
  } finally {
    await context.close();
  }
}
