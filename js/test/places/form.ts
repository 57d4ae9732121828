import assert from "node:assert/strict";
import type { Browser } from "puppeteer-core";
import { waitFor } from "../e2e/wait.ts";

const shows = (text: string): boolean => document.body.innerText.includes(text);
const hasForm = (): boolean => document.querySelector("form") !== null;
const hasButton = (name: string): boolean =>
  [...document.querySelectorAll("button")].some(
    (button) => button.textContent.trim() === name && !button.disabled,
  );

/** Signs in by a page's form as somebody who mistypes first, and out again. */
export async function signsInByForm(browser: Browser, address: string): Promise<void> {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on("pageerror", (error) => wrong.push(String(error)));
    await page.goto(address, { timeout: 120_000 });
    // A development server bundles meanwhile what the page asks for, and loads it once more.
    await waitFor(page, hasButton, "Sign in").catch(() => waitFor(page, hasButton, "Sign in"));
    await page.type("input[name=name]", " @alice");
    await page.type("input[name=password]", "password123");
    await page.click("form button");
    await waitFor(page, shows, "The name or the password is wrong.");
    await waitFor(page, hasButton, "Sign in");
    await page.type("input[name=password]", "4");
    await page.click("form button");
    await waitFor(page, hasButton, "Sign out");
    assert.deepEqual(await page.evaluate(hasForm), false);
    assert.ok(await page.evaluate(shows, "alice"));
    assert.equal(await page.evaluate(shows, "wrong"), false);
    await page.click("main button, p button");
    await waitFor(page, hasForm);
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
}
