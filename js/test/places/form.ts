import assert from "node:assert/strict";
import type { Browser } from "puppeteer-core";
import { inNewContext } from "../e2e/new-context.ts";
import { waitFor } from "../e2e/wait.ts";
import { waitTimes } from "./place.ts";

const shows = (text: string): boolean => document.body.innerText.includes(text);
const hasForm = (): boolean => document.querySelector("form") !== null;
const hasButton = (name: string): boolean =>
  [...document.querySelectorAll("button")].some(
    (button) => button.textContent.trim() === name && !button.disabled,
  );

/** Signs in by a page's form as somebody who mistypes first, and out again. */
export async function signsInByForm(browser: Browser, address: string): Promise<void> {
  await inNewContext(browser, async (page, thrown) => {
    await page.goto(address, { timeout: 120_000 });
    // A development server bundles meanwhile what the page asks for, and loads it once more.
    await waitTimes(2, page, hasButton, "Sign in");
    await page.type("input[name=name]", " @alice");
    await page.type("input[name=password]", "password123");
    await page.click("form button");
    await waitFor(page, shows, "The name or the password is wrong.");
    await waitFor(page, hasButton, "Sign in");
    await page.type("input[name=password]", "4");
    await page.click("form button");
    await waitFor(page, hasButton, "Sign out");
    assert.equal(await page.evaluate(hasForm), false);
    assert.ok(await page.evaluate(shows, "alice"));
    assert.equal(await page.evaluate(shows, "wrong"), false);
    await page.click("p button");
    await waitFor(page, hasForm);
    assert.deepEqual(thrown, []);
  });
}
