import assert from "node:assert/strict";
import type { Locator, Page } from "puppeteer-core";
import { engine } from "./engine.ts";
import type { Harness } from "./harness.ts";
import { waitFor } from "./wait.ts";

// The example's page, as a person uses it: found by the names that are shown
// or read aloud, never by ids.

export const field = (page: Page, name: string): Locator<Element> =>
  page.locator(
    engine === "firefox" // where a password field has no role
      ? `::-p-xpath(//input[@id = //label[normalize-space() = "${name}"]/@for] | //label[normalize-space() = "${name}"]/input)`
      : `::-p-aria([name="${name}"][role="textbox"])`,
  );

export const button = (page: Page, name: string): Locator<Element> =>
  page.locator(
    engine === "firefox" // whose search for a role and a name takes longer and longer
      ? `::-p-xpath(//button[normalize-space() = "${name}"][not(ancestor-or-self::*[@hidden])])`
      : `::-p-aria([name="${name}"][role="button"])`,
  );

/** Waits until the page shows a text. */
export async function shows(page: Page, text: string | RegExp): Promise<void> {
  const pattern = text instanceof RegExp ? text : new RegExp(text.replace(/[.?()]/g, "\\$&"));
  try {
    await waitFor(page, (source) => new RegExp(source).test(document.body.innerText), pattern.source);
  } catch {
    assert.fail(`${await page.evaluate(() => document.body.innerText)}\ndoes not show ${String(text)}`);
  }
}

/** Waits until the page shows so many buttons of a name. */
export async function counts(page: Page, name: string, expected: number): Promise<void> {
  await waitFor(
    page,
    (name, expected) =>
      [...document.querySelectorAll("button")].filter((b) => b.textContent === name && b.checkVisibility())
        .length === expected,
    name,
    expected,
  );
}

/** Opens the page as somebody who is new to it. */
export async function open(harness: Harness): Promise<Page> {
  const page = await harness.page();
  await page.goto(harness.server.origin);
  return page;
}

export async function signIn(page: Page, name = "alice", password = "password1234"): Promise<void> {
  await field(page, "Name").fill(name);
  await field(page, "Password").fill(password);
  await button(page, "Sign in").click();
}

/** Opens the page and signs in as alice. */
export async function signedIn(harness: Harness): Promise<Page> {
  const page = await open(harness);
  await signIn(page);
  await shows(page, "Where you are signed in");
  return page;
}

/** All that a page shows or reads aloud; names of people and programs, and addresses, aside. */
export async function spoken(page: Page): Promise<string> {
  const words = await page.evaluate(() => {
    const labels = [...document.querySelectorAll("[aria-label]")].map((e) => e.getAttribute("aria-label"));
    return `${document.title} ${document.body.innerText} ${labels.join(" ")}`;
  });
  return words.replace(
    /http:\S+|traq-auth( [\d.]+)?|traQ|alice|OpenID Connect|TinyGo [\d.]+|standard Go go[\d.]+|English|password1234/gi,
    "",
  );
}
