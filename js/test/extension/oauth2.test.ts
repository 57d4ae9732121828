import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import { engine } from "../e2e/engine.ts";
import { button, counts, field, shows } from "../e2e/page.ts";
import { startServer, type TestServer } from "../e2e/server.ts";
import { type Extension, startExtension } from "./popup.ts";

// The example's extension without host permission: its popup signs in by OAuth2, in
// a window that the browser opens for it.

const clientId = "the-extension";

let server: TestServer;
let extension: Extension;
const pages: Page[] = [];

/** What the extension's own pages have, as far as it is used here. */
interface Scope {
  readonly chrome: {
    readonly identity: { getRedirectURL(): string };
    readonly permissions: { getAll(): Promise<{ permissions: string[]; origins: string[] }> };
    readonly storage: { readonly local: { get(): Promise<object>; clear(): Promise<void> } };
  };
}

before(async () => {
  server = await startServer();
  extension = await startExtension(server.origin, clientId).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
});
after(() => Promise.all([extension.browser.close(), server.close()]));
beforeEach(async () => {
  await server.reset();
  const page = await popup();
  const redirectURI = await page.evaluate(async () => {
    const { chrome } = globalThis as unknown as Scope;
    await chrome.storage.local.clear();
    return chrome.identity.getRedirectURL();
  });
  await server.act("client", clientId, redirectURI, "read");
  await closeAll();
});
afterEach(closeAll);

async function closeAll(): Promise<void> {
  await Promise.all(pages.splice(0).map((page) => page.close()));
}

async function popup(): Promise<Page> {
  const page = await extension.popup();
  pages.push(page);
  return page;
}

/** Presses the popup's button, and gives the window that it opens, at the server's login or consent. */
async function toServer(page: Page): Promise<Page> {
  await button(page, "Sign in with traQ").click();
  const target = await extension.browser.waitForTarget((target) => /\/(login|consent)\?/.test(target.url()));
  const window = (await target.page()) ?? assert.fail("the target is no page");
  if (target.url().includes("/login?")) {
    await field(window, "Name").fill("alice");
    await field(window, "Password").fill("password1234");
    await button(window, "Log in").click();
  }
  await shows(window, "asks for access");
  return window;
}

/**
 * Answers in the server's window, and waits until that is gone: a popup's tab that is
 * opened earlier may be put into it, and Firefox hears of its answer in front alone.
 */
async function answer(window: Page, decide: (window: Page) => Promise<void>): Promise<void> {
  const closed = new Promise((resolve) => window.once("close", resolve));
  await decide(window);
  await closed;
}

async function signedIn(): Promise<Page> {
  const page = await popup();
  await answer(await toServer(page), (window) => button(window, "Allow").click());
  await page.bringToFront();
  await shows(page, "(@alice)");
  return page;
}

const stored = (page: Page): Promise<object> =>
  page.evaluate(() => (globalThis as unknown as Scope).chrome.storage.local.get());

test(`${engine}: it has no host permission`, async () => {
  const page = await popup();
  const { permissions, origins } = await page.evaluate(() =>
    (globalThis as unknown as Scope).chrome.permissions.getAll(),
  );
  assert.deepEqual(permissions.sort(), ["identity", "storage"]);
  assert.deepEqual(origins, []);
});

test(`${engine}: sign in by consent in a window; the next popup knows; sign out, at the server too`, async () => {
  const page = await signedIn();
  await shows(page, "You are signed in.");
  await counts(page, "Sign out", 1);
  await counts(page, "Sign out everywhere", 0); // a token cannot
  await closeAll();
  const next = await popup();
  await shows(next, "(@alice)");
  const [, token = ""] = /"access":"([\w-]+)"/.exec(Object.values(await stored(next)).join()) ?? [];
  const headers = { Authorization: `Bearer ${token}` };
  const ask = async (): Promise<number> =>
    (await fetch(`${server.origin}/api/v3/users/me`, { headers })).status;
  assert.equal(await ask(), 200);
  await button(next, "Sign out").click();
  await shows(next, "You are signed out.");
  await counts(next, "Sign in with traQ", 1);
  assert.equal(await ask(), 401);
});

for (const [what, decide, words] of [
  [
    "denied",
    (window: Page) => button(window, "Deny").click(),
    "You did not allow this application to use your account.",
  ],
  ["closed", (window: Page) => window.close(), "You were not signed in; nothing has changed."],
] as const) {
  test(`${engine}: a consent that was ${what} is told by an open popup, or by the next one, once`, async () => {
    const page = await popup();
    await answer(await toServer(page), decide);
    await page.bringToFront();
    await shows(page, words);
    const window = await toServer(page);
    await closeAll();
    await answer(window, decide);
    // It may be there already, or come while the next popup is open.
    const next = await popup();
    await shows(next, words);
    await counts(next, "Sign in with traQ", 1);
    await closeAll();
    const last = await popup();
    await counts(last, "Sign in with traQ", 1);
    await shows(last, /^(?![^]*(nothing has changed|did not allow))/);
  });
}

test(`${engine}: a server that cannot be reached signs nobody out`, async () => {
  await signedIn();
  await server.act("answer", { break: true });
  const page = await popup();
  await shows(page, "The server cannot be reached.");
  await counts(page, "Sign in with traQ", 0);
  await server.act("answer");
  await button(page, "Try again").click();
  await shows(page, "(@alice)");
});

test(`${engine}: a token that was revoked elsewhere is told as signed out`, async () => {
  await signedIn();
  await server.act("revoke-tokens", "alice");
  await counts(await popup(), "Sign in with traQ", 1);
});
