import assert from "node:assert/strict";
import { beforeEach } from "node:test";
import { engine, needing } from "./engine.ts";
import { useHarness } from "./harness.ts";
import { button, counts, field, open, shows, signedIn, signIn } from "./page.ts";
import { assertFits, findings, focused, looks, noteShifts, said } from "./quality.ts";

// How the example's page is for those who cannot see it, have no mouse, have a
// phone, or sit in the dark.

const test = needing("emulation");
const harness = useHarness();
beforeEach(() => harness.reset());

for (const { scheme, width } of looks) {
  test(`axe has no findings, and all fits: ${scheme}, ${width} px wide`, async () => {
    await harness.server.act("providers", "traQ", "github", "oidc");
    await harness.server.act(
      "link",
      "alice",
      "github",
      "alice-on-github-with-a-long-name-that-must-not-push",
    );
    const page = await harness.page();
    await page.setViewport({ width, height: 800 });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.goto(harness.server.origin);
    const check = async (): Promise<void> => {
      assert.deepEqual(await findings(page), []);
      await assertFits(page);
    };
    await counts(page, "Sign in with traQ", 1);
    await check();
    await signIn(page, "", "");
    await shows(page, "Give your name");
    await check();
    await signIn(page, "alice", "wrong");
    await shows(page, "is wrong");
    await check();
    await signIn(page);
    await shows(page, "You are signed in.");
    await check();
    await harness.server.act("answer", {
      path: "/api/v3/users/me/ex-accounts/unlink",
      status: 503,
      body: "{}",
    });
    await button(page, "Unlink").click();
    await shows(page, "The server has a problem");
    await check();
  });
}

test("by keyboard alone: sign in, end a session, sign out; focus is never lost", async () => {
  await signedIn(harness); // another browser
  const page = await open(harness);
  await shows(page, "Sign in");
  assert.equal(await focused(page), "name");
  await page.keyboard.type("alice");
  await page.keyboard.press("Tab");
  await page.keyboard.type("wrong");
  await page.keyboard.press("Enter");
  await shows(page, "is wrong");
  assert.equal(await focused(page), "password");
  for (let i = 0; i < 5; i++) {
    await page.keyboard.press("Backspace");
  }
  await page.keyboard.type("password1234");
  await page.keyboard.press("Enter");
  await shows(page, "You are signed in.");
  assert.equal(await focused(page), "Where you are signed in");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "End session");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space"); // the older one, the other browser's
  await counts(page, "End session", 1);
  assert.equal(await focused(page), "End session");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Link");
  await page.keyboard.press("Tab");
  assert.equal(await focused(page), "Sign out");
  await page.keyboard.press("Enter");
  await shows(page, "You are signed out.");
  assert.equal(await focused(page), "name");
});

test("by keyboard alone: sign in with a provider", async () => {
  await harness.server.act("link", "alice", "oidc", "alice_ext");
  const page = await open(harness);
  await counts(page, "Sign in with OpenID Connect", 1);
  const before = ["Password", "Sign in", ...(engine === "chromium" ? ["Use a saved password"] : [])];
  assert.equal(await focused(page), "name");
  for (const expected of [...before, "Sign in with OpenID Connect"]) {
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), expected === "Password" ? "password" : expected);
  }
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  await Promise.all([page.waitForNavigation(), button(page, "Approve").click()]);
  await shows(page, "You are signed in with OpenID Connect.");
});

test("providers that cannot be listed: axe has no findings, and all fits", async () => {
  await harness.server.act("answer", { path: "/api/v3/version", status: 500, body: "{}" });
  const page = await harness.page();
  await page.setViewport({ width: 320, height: 800 });
  await page.goto(harness.server.origin);
  await counts(page, "Try again", 1);
  assert.deepEqual(await findings(page), []);
  await assertFits(page);
});

test("what happens is said in a live region, what fails in an alert", async () => {
  const page = await open(harness);
  await signIn(page, "alice", "wrong");
  await shows(page, "is wrong");
  assert.equal(await said(page, "alert"), "The name or the password is wrong. Check both and try again.");
  await signIn(page);
  await shows(page, "You are signed in.");
  assert.equal(await said(page, "status"), "You are signed in.");
});

test("a button that waits shows it, keeps focus, and cannot be pressed twice", async () => {
  const page = await signedIn(harness);
  await harness.server.act("answer", { path: "/api/v3/logout", status: 204, wait: 400 });
  const before = await harness.server.requests();
  const handle = await button(page, "Sign out").waitHandle();
  const waits = (): Promise<string | null> => handle.evaluate((b) => b.getAttribute("aria-disabled"));
  await handle.focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  assert.equal(await waits(), "true");
  assert.ok(await handle.evaluate((b) => b === document.activeElement));
  await shows(page, "You are signed out.");
  assert.equal(await waits(), null);
  assert.equal((await harness.server.requests()) - before, 1);
});

for (const width of [1024, 320]) {
  test(`nothing moves by itself, on a slow network too: ${width} px wide`, async () => {
    const page = await harness.page();
    await page.setViewport({ width, height: 800 });
    const shifts = await noteShifts(page);
    await page.emulateNetworkConditions({ latency: 600, download: 1e6, upload: 1e6 });
    try {
      await page.goto(harness.server.origin);
      await shows(page, "Sign in");
      await field(page, "Name").fill("alice");
      await field(page, "Password").fill("wrong");
      await button(page, "Sign in").click();
      await shows(page, "is wrong");
      await signIn(page);
      await shows(page, "You are signed in.");
      assert.deepEqual(await shifts(), [], "while signing in");
      await page.reload();
      await shows(page, "End session");
      await shows(page, "traq-auth 0");
      assert.deepEqual(await shifts(), [], "on a reload");
    } finally {
      await page.emulateNetworkConditions(null);
    }
  });
}
