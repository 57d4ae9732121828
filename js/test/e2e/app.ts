import type { Page } from "puppeteer-core";
import type { Harness } from "./harness.ts";
import { button, field, shows } from "./page.ts";

// The example's third party's page, and the server's two pages that it leads to,
// as a person uses them.

/** Opens the page as somebody who is new to it. */
export async function openApp(harness: Harness): Promise<Page> {
  const page = await harness.page(harness.server.thirdParty);
  await page.evaluate(() => sessionStorage.clear()); // which another test has left
  await page.goto(harness.server.thirdParty);
  return page;
}

/** Presses a button that leads to another page. */
export async function follow(page: Page, name: string): Promise<void> {
  await Promise.all([page.waitForNavigation(), button(page, name).click()]);
}

/** Leaves the page for the server's consent, by its login where nobody is signed in there. */
export async function toConsent(page: Page): Promise<void> {
  await follow(page, "Sign in with traQ");
  if (page.url().includes("/login?")) {
    await field(page, "Name").fill("alice");
    await field(page, "Password").fill("password1234");
    await follow(page, "Log in");
  }
  await shows(page, "Example app asks for access");
}

/** Opens the page and signs in as alice. */
export async function signedInToApp(harness: Harness): Promise<Page> {
  const page = await openApp(harness);
  await toConsent(page);
  await follow(page, "Allow");
  await shows(page, "You are signed in as");
  return page;
}
