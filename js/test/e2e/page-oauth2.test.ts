import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import { follow, openApp, signedInToApp, toConsent } from "./app.ts";
import { needing } from "./engine.ts";
import { startExample } from "./example.ts";
import { useHarness } from "./harness.ts";
import { button, counts, field, shows, spoken } from "./page.ts";

// What a person can do on the example's third party's page, which is of another
// origin than the server and signs in there by OAuth2.

const eventsTest = needing("events");
const historyTest = needing("history");
const offlineTest = needing("offline");
const harness = useHarness();
beforeEach(() => harness.reset());

/** Where the page is, with all that an answer of the server's may have left there. */
const address = (page: Page): Promise<string> => page.evaluate(() => location.href);

test("sign in through the server's login and consent, reload, sign out", async () => {
  const page = await openApp(harness);
  await shows(page, harness.server.origin);
  await shows(page, /alice[^]*password1234/);
  await follow(page, "Sign in with traQ");
  assert.ok(page.url().startsWith(`${harness.server.origin}/login?`));
  await field(page, "Name").fill("alice");
  await field(page, "Password").fill("password1234");
  await follow(page, "Log in");
  await shows(page, "Example app asks for access");
  await shows(page, harness.server.thirdParty); // where it leads back to
  await follow(page, "Allow");
  await shows(page, "You are signed in.");
  await shows(page, /You are signed in as\s+a?\s*alice\s+@alice/);
  assert.equal(await address(page), `${harness.server.thirdParty}/`);
  await page.reload();
  await shows(page, /alice\s+@alice/);
  await button(page, "Sign out").click();
  await shows(page, "You are signed out.");
  await shows(page, "password1234"); // and nothing has gone wrong
  await counts(page, "Sign in with traQ", 1);
  await page.reload();
  await counts(page, "Sign in with traQ", 1);
});

test("who is signed in at the server only consents", async () => {
  const page = await signedInToApp(harness);
  await button(page, "Sign out").click();
  await shows(page, "You are signed out.");
  await follow(page, "Sign in with traQ");
  assert.ok(page.url().startsWith(`${harness.server.origin}/consent?`));
  await follow(page, "Allow");
  await shows(page, "@alice");
});

test("what is denied is told in words, and can be allowed then", async () => {
  const page = await openApp(harness);
  await toConsent(page);
  await follow(page, "Deny");
  await shows(page, "You did not allow this application to use your account.");
  await counts(page, "Sign in with traQ", 1);
  assert.equal(await address(page), `${harness.server.thirdParty}/`);
  await page.reload();
  await shows(page, /password1234/); // it is told once
  await toConsent(page);
  await follow(page, "Allow");
  await shows(page, "@alice");
});

test("an answer that nobody here asked for is refused in words, and signs nobody out", async () => {
  const forged = `${harness.server.thirdParty}/?code=forged&state=${"x".repeat(43)}`;
  const page = await openApp(harness);
  await page.goto(forged);
  await shows(page, "No sign-in was started in this tab");
  await counts(page, "Sign in with traQ", 1);
  await toConsent(page);
  await follow(page, "Allow");
  await shows(page, "@alice");
  await page.goto(forged);
  await shows(page, "No sign-in was started in this tab");
  await shows(page, "@alice");
  assert.equal(await address(page), `${harness.server.thirdParty}/`);
});

test("a server that fails while it exchanges the code is told in words", async () => {
  const page = await openApp(harness);
  for (const [answer, words] of [
    [{ status: 200, body: "<html>" }, "Something other than traQ answered"],
    [{ status: 400, body: '{"error":"invalid_grant"}' }, "The sign-in took too long, or was used already"],
    [{ status: 503, body: "maintenance" }, "The server has a problem. Try again later."],
  ] as const) {
    const headers = { "Access-Control-Allow-Origin": "*", "Content-Type": "application/json" };
    await harness.server.act("answer", { path: "/api/v3/oauth2/token", headers, ...answer });
    await toConsent(page);
    await follow(page, "Allow");
    await shows(page, words);
    await counts(page, "Sign in with traQ", 1);
  }
});

test("a start at which the server cannot be reached signs nobody out", async () => {
  const page = await signedInToApp(harness);
  await harness.server.reachable(false);
  await page.reload();
  await shows(page, "The server cannot be reached. Check your connection");
  await counts(page, "Sign in with traQ", 0);
  await button(page, "Try again").click();
  await shows(page, "The server cannot be reached. Check your connection");
  await harness.server.reachable(true);
  await button(page, "Try again").click();
  await shows(page, "@alice");
});

test("who cannot be told may sign out all the same", async () => {
  const page = await signedInToApp(harness);
  await harness.server.act("suspend", "alice");
  await page.reload();
  await shows(page, "This account is suspended.");
  await button(page, "Sign out").click();
  await shows(page, "You are signed out.");
  await counts(page, "Sign in with traQ", 1);
});

test("a server that does not hear of a sign-out is told later", async () => {
  const page = await signedInToApp(harness);
  await harness.server.reachable(false);
  await button(page, "Sign out").click();
  await shows(page, "You are signed out here. The server does not know yet");
  await counts(page, "Sign in with traQ", 1);
  await harness.server.reachable(true);
  const before = await harness.server.requests();
  await page.reload();
  await counts(page, "Sign in with traQ", 1);
  for (let wait = 0; wait < 100 && (await harness.server.requests()) === before; wait++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.equal(await harness.server.requests(), before + 1, "the token is revoked");
});

test("a token that is revoked elsewhere is told where it is noticed", async () => {
  const page = await signedInToApp(harness);
  await harness.server.act("revoke-tokens", "alice");
  await page.evaluate(() => dispatchEvent(new Event("online"))); // it asks again, as soon as it may
  await shows(page, "You are not signed in any more.");
  await counts(page, "Sign in with traQ", 1);
});

historyTest("who comes back by the back button may go again", async () => {
  const page = await openApp(harness);
  await counts(page, "Sign in with traQ", 1);
  await follow(page, "Sign in with traQ");
  await page.goBack();
  await toConsent(page);
  await follow(page, "Allow");
  await shows(page, "@alice");
});

offlineTest("offline is told, and signs nobody out", async () => {
  const page = await signedInToApp(harness);
  await page.setOfflineMode(true);
  await shows(page, "You are offline. You stay signed in.");
  await shows(page, "@alice");
  await page.setOfflineMode(false);
  await shows(page, "You are online again.");
});

eventsTest("the page has no error of its own, and nothing offends its policy", async () => {
  const page = await openApp(harness);
  const errors: unknown[] = [];
  harness.listen(page, "pageerror", (error) => errors.push(error));
  harness.listen(page, "console", (message) => message.type() === "error" && errors.push(message.text()));
  await toConsent(page);
  await follow(page, "Allow");
  await shows(page, "You are signed in.");
  await button(page, "Sign out").click();
  await shows(page, "You are signed out.");
  assert.deepEqual(errors, []);
});

test("before a real server, the page calls it directly; without a client there, it says what to register", async (t) => {
  const without = await startExample(harness.server.origin);
  t.after(without.end);
  const page = await harness.page();
  await page.goto(without.app);
  await shows(page, "One step is missing");
  await shows(page, new RegExp(`Redirect URI\\s+${without.app}\\s`));
  await shows(page, `TRAQ=${harness.server.origin} CLIENT_ID=… make run`);
  await counts(page, "Sign in with traQ", 0);

  const withClient = await startExample(harness.server.origin, "-client-id", "registered");
  t.after(withClient.end);
  await harness.server.act("client", "registered", withClient.app, "read");
  await page.goto(withClient.app.replace("localhost", "127.0.0.1")); // leads to the name that is registered
  await counts(page, "Sign in with traQ", 1);
  await follow(page, "Sign in with traQ");
  assert.ok(page.url().startsWith(`${harness.server.origin}/login?`), "not by a proxy");
  await field(page, "Name").fill("alice");
  await field(page, "Password").fill("password1234");
  await follow(page, "Log in");
  await follow(page, "Allow");
  await shows(page, "@alice");
  assert.equal(await address(page), withClient.app);
});

test("who chose Japanese is spoken to in Japanese, and may choose English again", async () => {
  const page = await openApp(harness);
  await button(page, "日本語").click();
  await counts(page, "traQ でログイン", 1);
  assert.equal(await page.evaluate(() => document.documentElement.lang), "ja");
  await follow(page, "traQ でログイン");
  await field(page, "Name").fill("alice"); // the server's pages speak the browser's language
  await field(page, "Password").fill("password1234");
  await follow(page, "Log in");
  await follow(page, "Deny");
  await shows(page, "このアプリケーションへの許可が得られませんでした。");
  assert.doesNotMatch(await spoken(page), /[A-Za-z]{2,}/);
  await follow(page, "traQ でログイン");
  await follow(page, "Allow");
  await shows(page, "ログイン中のユーザー");
  await shows(page, "ログインしました。");
  assert.doesNotMatch(await spoken(page), /[A-Za-z]{2,}/);
  await button(page, "ログアウト").click();
  await shows(page, "ログアウトしました。");
  await button(page, "English").click();
  await counts(page, "Sign in with traQ", 1);
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
});
