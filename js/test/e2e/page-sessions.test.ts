import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { useHarness } from "./harness.ts";
import { button, counts, shows, signedIn, signIn } from "./page.ts";

// The list of sessions on the example's page, and tabs that follow each other.

const harness = useHarness();
beforeEach(() => harness.reset());

test("this session is marked and stands first, and the others are ended by one button", async () => {
  await harness.server.act("session", "alice", "30h");
  const other = await signedIn(harness);
  // A login within a second of another is not told apart, and a quick machine makes both.
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const page = await signedIn(harness);
  await counts(page, "End session", 3);
  const marked = await page.evaluate(() =>
    [...document.querySelectorAll("#sessions li")].map((row) => row.textContent.includes("This session")),
  );
  assert.deepEqual(marked, [true, false, false]);
  await button(page, "End all other sessions").click();
  await shows(page, "2 other sessions are ended.");
  await counts(page, "End session", 1);
  await counts(page, "End all other sessions", 0);
  await other.reload();
  await shows(other, "password1234");
});

test("where this session is not known, none is marked, and nothing is ended by a guess", async () => {
  await harness.server.act("date", "24h");
  await harness.server.act("session", "alice", "30h");
  const page = await signedIn(harness);
  await counts(page, "End session", 2);
  await button(page, "End all other sessions").click();
  await shows(page, "It is not known which session is this one.");
  await counts(page, "End session", 2);
});

test("others that could not be ended are told", async () => {
  await harness.server.act("session", "alice", "30h");
  const page = await signedIn(harness);
  await counts(page, "End session", 2);
  const id = await page.evaluate(() =>
    [...document.querySelectorAll("#sessions p")].at(-1)?.id.replace("session-", ""),
  );
  await harness.server.act("answer", {
    path: `/api/v3/users/me/sessions/${String(id)}`,
    status: 500,
    body: '{"message":"?"}',
  });
  await button(page, "End all other sessions").click();
  await shows(page, "1 of the other sessions could not be ended");
  await counts(page, "End session", 2);
});

test("who ends this session is signed out", async () => {
  const page = await signedIn(harness);
  await button(page, "End session").click();
  await shows(page, "The session is ended.");
  await counts(page, "Sign in", 1);
});

test("two tabs follow each other: signing in, linking, unlinking, signing out", async () => {
  const page = await signedIn(harness);
  await button(page, "Sign out").click();
  await counts(page, "Sign in", 1);
  const other = await harness.tab(page);
  await counts(other, "Sign in", 1);
  await signIn(other);
  await counts(other, "End session", 1);
  await page.bringToFront(); // a page in the background is not drawn
  await counts(page, "End session", 1);
  await other.bringToFront();
  await Promise.all([other.waitForNavigation(), button(other, "Link").click()]);
  await Promise.all([other.waitForNavigation(), button(other, "Approve").click()]);
  await shows(other, "OpenID Connect is linked.");
  await page.bringToFront();
  await shows(page, "alice_ext");
  await button(page, "Unlink").click();
  await counts(page, "Link", 1);
  await other.bringToFront();
  await counts(other, "Link", 1);
  await button(other, "Sign out").click();
  await shows(other, "You are signed out.");
  await page.bringToFront();
  await shows(page, "password1234");
});
