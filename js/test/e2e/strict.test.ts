import assert from "node:assert/strict";
import { beforeEach } from "node:test";
import type { Page } from "puppeteer-core";
import { needing } from "./engine.ts";
import { useHarness } from "./harness.ts";
import { button, counts, shows, signIn } from "./page.ts";

// The example's page under the policy that its server sends: nothing that it
// does offends it, and what somebody gets into the page does.

const test = needing("newDocuments");
const harness = useHarness();
beforeEach(() => harness.reset());

/** A page that notes what offends its policy, whatever document it shows. */
async function watched(): Promise<Page> {
  const page = await harness.page();
  await page.evaluate(() => sessionStorage.removeItem("violations"));
  await page.evaluateOnNewDocument(() => {
    addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
      const noted = sessionStorage.getItem("violations") ?? "";
      sessionStorage.setItem("violations", `${noted}${effectiveDirective} ${blockedURI}\n`);
    });
  });
  return page;
}

const violations = (page: Page): Promise<string> =>
  page.evaluate(() => sessionStorage.getItem("violations") ?? "");

/** Waits until a violation is reported. */
async function reports(page: Page, what: string): Promise<void> {
  for (let wait = 0; wait < 100 && !(await violations(page)).includes(what); wait++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.match(await violations(page), new RegExp(what));
}

test("a whole visit offends nothing", async () => {
  const page = await watched();
  await harness.server.act("session", "alice", "30h");
  await page.goto(harness.server.origin);
  await signIn(page, "alice", "wrong");
  await shows(page, "is wrong");
  await signIn(page);
  await counts(page, "End session", 2);
  await page.evaluate(() => {
    // The older one: the newest is shown first.
    [...document.querySelectorAll("button")]
      .filter((b) => b.textContent === "End session")
      .at(-1)
      ?.click();
  });
  await counts(page, "End session", 1);
  await Promise.all([page.waitForNavigation(), button(page, "Link").click()]);
  await Promise.all([page.waitForNavigation(), button(page, "Approve").click()]);
  await counts(page, "Unlink", 1);
  await button(page, "Unlink").click();
  await counts(page, "Link", 1);
  await page.reload();
  await button(page, "Sign out").click();
  await counts(page, "Sign in", 1);
  await shows(page, "traq-auth 0");
  assert.equal(await violations(page), "");
});

test("a script in the page does not run, and is reported", async () => {
  const page = await watched();
  await page.goto(`${harness.server.origin}/_test/injected`);
  await reports(page, "script-src-elem inline");
  assert.equal(await page.evaluate(() => "injected" in globalThis), false);
});

test("a text does not become markup or a script, and is reported", async () => {
  const page = await watched();
  await page.goto(harness.server.origin);
  const thrown = await page.evaluate(() => {
    const sinks: (() => void)[] = [
      () => (document.body.innerHTML = "<b>text</b>"),
      () => (document.createElement("script").src = "/pkg/index.js"),
    ];
    return sinks.map((sink) => {
      try {
        sink();
        return "nothing";
      } catch (error) {
        return (error as Error).name;
      }
    });
  });
  assert.deepEqual(thrown, ["TypeError", "TypeError"]);
  await reports(page, "require-trusted-types-for trusted-types-sink");
});
