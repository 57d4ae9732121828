import assert from "node:assert/strict";
import { beforeEach } from "node:test";
import { follow, openApp, signedInToApp, toConsent } from "./app.ts";
import { needing } from "./engine.ts";
import { startExample } from "./example.ts";
import { useHarness } from "./harness.ts";
import { button, counts, shows } from "./page.ts";
import { assertFits, findings, focused, looks, noteShifts, said } from "./quality.ts";
import { waitFor } from "./wait.ts";

// How the example's third party's page is for those who cannot see it, have no
// mouse, have a phone, or sit in the dark.

const test = needing("emulation");
const harness = useHarness();
beforeEach(() => harness.reset());

for (const { scheme, width } of looks) {
  test(`axe has no findings, and all fits: ${scheme}, ${width} px wide`, async () => {
    const page = await openApp(harness);
    await page.setViewport({ width, height: 800 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    const check = async (): Promise<void> => {
      assert.deepEqual(await findings(page), []);
      await assertFits(page);
    };
    await counts(page, "Sign in with traQ", 1);
    await check();
    await toConsent(page);
    await follow(page, "Deny");
    await shows(page, "You did not allow");
    await check();
    await toConsent(page);
    await follow(page, "Allow");
    await shows(page, "You are signed in.");
    await check();
    await harness.server.reachable(false);
    await page.reload();
    await shows(page, "The server cannot be reached");
    await check();
    const example = await startExample(harness.server.origin);
    try {
      await page.goto(example.app);
      await shows(page, "One step is missing");
      await check();
    } finally {
      example.end();
    }
  });
}

test("by keyboard alone: deny, sign in, sign out; focus is never lost", async () => {
  const page = await openApp(harness);
  await counts(page, "Sign in with traQ", 1);
  assert.equal(await focused(page), "Sign in with traQ");
  const leave = async (...keys: ("Tab" | "Enter")[]): Promise<void> => {
    const left = page.waitForNavigation();
    for (const key of keys) {
      await page.keyboard.press(key);
    }
    await left;
  };
  await leave("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type("alice");
  await page.keyboard.press("Tab");
  await page.keyboard.type("password1234");
  await leave("Enter");
  await leave("Tab", "Tab", "Enter");
  await shows(page, "You did not allow");
  assert.equal(await focused(page), "Sign in with traQ");
  await leave("Enter");
  await leave("Tab", "Enter");
  await shows(page, "You are signed in.");
  assert.equal(await focused(page), "You are signed in as");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Sign out");
  await page.keyboard.press("Enter");
  await shows(page, "You are signed out.");
  assert.equal(await focused(page), "Sign in with traQ");
});

test("by keyboard alone: try again, with a button that waits and keeps focus", async () => {
  const page = await signedInToApp(harness);
  await harness.server.reachable(false);
  await page.reload();
  await counts(page, "Try again", 1);
  await page.keyboard.press("Tab"); // past the language
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Try again");
  const headers = { "Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "Authorization" };
  const late = { path: "/api/v3/users/me", headers, status: 200, body: "<html>", wait: 400 };
  await harness.server.act("answer", late);
  await page.keyboard.press("Enter");
  await waitFor(page, () => document.activeElement?.getAttribute("aria-disabled") === "true");
  assert.equal(await focused(page), "Try again");
  await shows(page, "Something other than traQ answered");
  assert.equal(await focused(page), "Try again");
  await harness.server.reachable(true);
  await page.keyboard.press("Enter");
  await shows(page, "@alice");
  assert.equal(await focused(page), "You are signed in as");
});

test("what happens is said in a live region, what fails in an alert", async () => {
  const page = await openApp(harness);
  await toConsent(page);
  await follow(page, "Deny");
  await shows(page, "You did not allow");
  assert.equal(
    await said(page, "alert"),
    "You did not allow this application to use your account. Sign in again to allow it.",
  );
  await toConsent(page);
  await follow(page, "Allow");
  await shows(page, "You are signed in.");
  assert.equal(await said(page, "status"), "You are signed in.");
});

test("a sign-out is sent once, however often it is pressed", async () => {
  const page = await signedInToApp(harness);
  const headers = { "Access-Control-Allow-Origin": "*" };
  await harness.server.act("answer", { path: "/api/v3/oauth2/revoke", status: 200, headers, wait: 400 });
  const before = await harness.server.requests();
  const handle = await button(page, "Sign out").waitHandle();
  // Both at once: the part with the button is left at once.
  await handle.evaluate((b) => {
    (b as HTMLButtonElement).click();
    (b as HTMLButtonElement).click();
  });
  await shows(page, "You are signed out.");
  assert.equal(await handle.evaluate((b) => b.getAttribute("aria-disabled")), null);
  assert.equal((await harness.server.requests()) - before, 1);
});

for (const width of [1024, 320]) {
  test(`nothing moves by itself, on a slow network too: ${width} px wide`, async () => {
    const page = await openApp(harness);
    await page.setViewport({ width, height: 800 });
    const shifts = await noteShifts(page);
    await page.emulateNetworkConditions({ latency: 600, download: 1e6, upload: 1e6 });
    try {
      await page.goto(harness.server.thirdParty);
      await shows(page, "traq-auth 0");
      assert.deepEqual(await shifts(), [], "at the start");
      await toConsent(page);
      await follow(page, "Allow");
      await shows(page, "You are signed in.");
      await shows(page, "traq-auth 0");
      assert.deepEqual(await shifts(), [], "while signing in");
      await page.reload();
      await shows(page, "@alice");
      await shows(page, "traq-auth 0");
      assert.deepEqual(await shifts(), [], "on a reload");
    } finally {
      await page.emulateNetworkConditions(null);
    }
  });
}
