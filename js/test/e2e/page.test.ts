import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { needing } from "./engine.ts";
import { useHarness } from "./harness.ts";
import { button, counts, field, open, shows, signedIn, signIn } from "./page.ts";
import { flavour } from "./server.ts";
import { waitFor } from "./wait.ts";

// What a person can do on the example's page.

const eventsTest = needing("events");
const historyTest = needing("history");
const offlineTest = needing("offline");
const harness = useHarness();
beforeEach(() => harness.reset());

test("the page says who can sign in, and which build it is", async () => {
  const page = await open(harness);
  await shows(page, /alice[^]*password1234/);
  await shows(page, flavour === "tinygo" ? "TinyGo" : "standard Go");
});

test("fields and buttons have their names, and password managers know the fields", async () => {
  const page = await open(harness);
  await shows(page, "Sign in");
  const complete = async (name: string): Promise<string> => {
    const handle = await field(page, name).waitHandle();
    return handle.evaluate((input) => (input as HTMLInputElement).autocomplete);
  };
  assert.equal(await complete("Name"), "username");
  assert.equal(await complete("Password"), "current-password");
});

test("sign in, see the session, sign out", async () => {
  const page = await signedIn(harness);
  await shows(page, "alice");
  await shows(page, "End session");
  await counts(page, "End session", 1);
  await page.reload();
  await shows(page, "End session"); // still signed in
  await button(page, "Sign out").click();
  await shows(page, "You are signed out.");
  await page.reload();
  await shows(page, "password1234");
});

test("a wrong password is told in words, beside the form", async () => {
  const page = await open(harness);
  await signIn(page, "alice", "wrong");
  await shows(page, "The name or the password is wrong.");
  await signIn(page);
  await shows(page, "Where you are signed in");
});

for (const [name, password, words] of [
  ["", "", "Give your name and your password."],
  ["a b", "x", /name must be 1 to 32 characters/],
  ["suspended", "password1234", "This account is suspended."],
] as const) {
  test(`signing in as "${name}" is told in words`, async () => {
    const page = await open(harness);
    await signIn(page, name, password);
    await shows(page, words);
  });
}

test("another session is ended from here", async () => {
  const first = await signedIn(harness);
  const second = await signedIn(harness);
  await shows(second, "End session");
  await counts(second, "End session", 2);
  await second.evaluate(() => {
    // The older one is the other: the newest is shown first.
    const buttons = [...document.querySelectorAll("button")].filter((b) => b.textContent === "End session");
    buttons.at(-1)?.click();
  });
  await shows(second, "The session is ended.");
  await counts(second, "End session", 1);
  await first.reload();
  await shows(first, "password1234");
});

test("sign out everywhere", async () => {
  const first = await signedIn(harness);
  const second = await signedIn(harness);
  await button(second, "Sign out everywhere").click();
  await shows(second, "You are signed out everywhere.");
  await first.reload();
  await shows(first, "password1234");
});

test("link an account at the provider, and unlink it", async () => {
  const page = await signedIn(harness);
  await shows(page, "not linked");
  await Promise.all([page.waitForNavigation(), button(page, "Link").click()]);
  await Promise.all([page.waitForNavigation(), button(page, "Approve").click()]);
  assert.equal(page.url(), `${harness.server.origin}/`);
  await shows(page, "alice_ext");
  await shows(page, "OpenID Connect is linked.");
  await button(page, "Unlink").click();
  await shows(page, "no longer linked");
  await counts(page, "Link", 1);
});

test("a link that is denied leaves everything as it was", async () => {
  const page = await signedIn(harness);
  await Promise.all([page.waitForNavigation(), button(page, "Link").click()]);
  await Promise.all([page.waitForNavigation(), button(page, "Deny").click()]);
  await shows(page, "missing code or state"); // the server's own page
  await page.goto(harness.server.origin);
  await shows(page, "OpenID Connect was not linked; nothing has changed.");
  await counts(page, "Link", 1);
});

historyTest("a link that is abandoned by the back button is told, and can be made again", async () => {
  const page = await signedIn(harness);
  await Promise.all([page.waitForNavigation(), button(page, "Link").click()]);
  await page.goBack();
  await shows(page, "OpenID Connect was not linked; nothing has changed.");
  await Promise.all([page.waitForNavigation(), button(page, "Link").click()]);
  // The page to which the provider leads back is left before it can tell.
  const never = { path: "/api/v3/users/me/ex-accounts", status: 503, wait: 3_600_000 };
  await harness.server.act("answer", never);
  await Promise.all([page.waitForNavigation(), button(page, "Approve").click()]);
  await page.goBack();
  await harness.server.act("answer");
  await page.goBack(); // past the provider, to the page as it was left
  await shows(page, "OpenID Connect is linked.");
  await shows(page, "alice_ext");
});

offlineTest("offline is told, and signs nobody out", async () => {
  const page = await signedIn(harness);
  await page.setOfflineMode(true);
  await shows(page, "You are offline. You stay signed in.");
  await button(page, "End session").click();
  await shows(page, "The server cannot be reached. Check your connection");
  await counts(page, "End session", 1);
  await page.setOfflineMode(false);
  await shows(page, "You are online again.");
  await counts(page, "End session", 1);
});

test("a start at which the server cannot be reached signs nobody out", async () => {
  const page = await signedIn(harness);
  await harness.server.act("answer", { path: "/api/v3/users/me", break: true });
  await page.reload();
  await shows(page, "The server cannot be reached. Check your connection");
  await counts(page, "Sign in", 0);
  await harness.server.act("answer");
  await button(page, "Try again").click();
  await counts(page, "End session", 1);
});

offlineTest(
  "who signs out offline has left, and the server is told as soon as it can be reached",
  async () => {
    const other = await signedIn(harness);
    const page = await signedIn(harness);
    await page.setOfflineMode(true);
    await button(page, "Sign out").click();
    await shows(page, "You are signed out here. The server does not know yet");
    await counts(page, "Sign in", 1);
    await page.setOfflineMode(false);
    await waitFor(page, () => !Object.keys(localStorage).some((key) => key.includes("logout")));
    await other.reload();
    await counts(other, "End session", 1);
  },
);

test("a tab that comes into view follows what another has done", async () => {
  const page = await signedIn(harness);
  const other = await harness.tab(page);
  await button(other, "Sign out").click();
  await shows(other, "You are signed out.");
  await page.bringToFront();
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await shows(page, "password1234");
});

test("a provider that is no longer offered is told in words", async () => {
  const page = await signedIn(harness);
  await shows(page, "not linked");
  await harness.server.act("providers");
  await button(page, "Link").click();
  await shows(page, "This server does not offer that provider.");
});

test("a session that ended elsewhere is told, and the form is there again", async () => {
  const page = await signedIn(harness);
  await shows(page, "End session");
  await harness.server.act("deactivate", "alice"); // ends every session
  await harness.server.act("activate", "alice");
  await button(page, "End session").click();
  await shows(page, "This session was ended elsewhere");
  await shows(page, "password1234");
});

test("a server that fails, and one that is not traQ, are told in words", async () => {
  const page = await signedIn(harness);
  await shows(page, "End session");
  const id = await page.evaluate(() => document.querySelector("#sessions p")?.id.replace("session-", ""));
  const path = `/api/v3/users/me/sessions/${String(id)}`;
  for (const [answer, words] of [
    [{ status: 200, body: "<html>" }, "Something other than traQ answered"],
    [{ status: 503, body: '{"message":"maintenance"}' }, "The server has a problem. Try again later."],
    [{ break: true }, "The server cannot be reached"],
    [{ status: 429, body: '{"message":"?"}' }, "Too many tries"],
  ] as const) {
    await harness.server.act("answer", { path, ...answer });
    await button(page, "End session").click();
    await shows(page, words);
  }
  // A logout that something else answered is made up for.
  await harness.server.act("answer", { path: "/api/v3/logout", status: 200, body: "<html>" });
  await button(page, "Sign out").click();
  await shows(page, "You are signed out here. The server does not know yet");
  await harness.server.act("answer");
  await page.reload();
  await shows(page, "password1234");
});

eventsTest("the page has no error of its own", async () => {
  const page = await open(harness);
  const errors: unknown[] = [];
  harness.listen(page, "pageerror", (error) => errors.push(error));
  await signIn(page);
  await shows(page, "End session");
  await button(page, "Sign out").click();
  await shows(page, "You are signed out.");
  assert.deepEqual(errors, []);
});
