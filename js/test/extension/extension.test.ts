import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, afterEach, before, test } from "node:test";
import type { AxeResults } from "axe-core";
import { type Page, TargetType } from "puppeteer-core";
import { engine } from "../e2e/engine.ts";
import { button, counts, shows, signIn } from "../e2e/page.ts";
import { startServer, type TestServer } from "../e2e/server.ts";
import { type Extension, startExtension } from "./popup.ts";

// The example's extension, as a person uses its popup, in a real browser of
// ENGINE; the server is on an origin of its own.

let server: TestServer;
let extension: Extension;
const pages: Page[] = [];

before(async () => {
  server = await startServer();
  extension = await startExtension(server.origin).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
});
after(() => Promise.all([extension.browser.close(), server.close()]));
afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.close()));
  await server.reset();
});

/** What the extension's own pages have, as far as it is used here. */
interface Scope {
  readonly chrome: {
    readonly action: { getBadgeText(details: object): Promise<string> };
    readonly runtime: { sendMessage(message: unknown): Promise<unknown> };
    readonly permissions: { getAll(): Promise<{ permissions: string[]; origins: string[] }> };
  };
}

async function popup(): Promise<Page> {
  const page = await extension.popup();
  pages.push(page);
  return page;
}

async function signedIn(): Promise<Page> {
  const page = await popup();
  await signIn(page);
  await shows(page, "You are signed in.");
  return page;
}

/** The example's own page, in the same browser. */
async function site(): Promise<Page> {
  const page = await extension.browser.newPage();
  pages.push(page);
  await page.goto(server.origin);
  return page;
}

/** Presses a button that leads to the provider, and gives the tab that it opens. */
async function leave(page: Page, name = "Link"): Promise<Page> {
  await button(page, name).click();
  const target = await extension.browser.waitForTarget((target) => target.url().includes("/authorize?"));
  return (await target.page()) ?? assert.fail("the target is no page");
}

const badge = (page: Page): Promise<string> =>
  page.evaluate(() => (globalThis as unknown as Scope).chrome.action.getBadgeText({}));

test(`${engine}: sign in; the cookie is the browser's; see sessions and end one; sign out`, async () => {
  await server.act("session", "alice", "30h");
  const page = await signedIn();
  await shows(page, "(@alice)");
  await counts(page, "End session", 2);
  const own = await site();
  await counts(own, "End session", 2); // signed in there too
  await page.bringToFront();
  await page.evaluate(() => {
    // The older one: the newest is shown first.
    [...document.querySelectorAll("button")]
      .filter((b) => b.textContent === "End session")
      .at(-1)
      ?.click();
  });
  await shows(page, "The session is ended.");
  await counts(page, "End session", 1);
  await own.bringToFront();
  await own.reload();
  await counts(own, "End session", 1);
  await counts(await popup(), "End session", 1);
  await page.bringToFront();
  await button(page, "Sign out").click();
  await shows(page, "You are signed out.");
  await own.bringToFront();
  await own.reload();
  await counts(own, "Sign in", 1);
});

test(`${engine}: this session is marked and stands first, and the others are ended by one button`, async () => {
  await server.act("session", "alice", "30h");
  await server.act("session", "alice", "60h");
  const page = await signedIn();
  await counts(page, "End session", 3);
  const marked = await page.evaluate(() =>
    [...document.querySelectorAll("#sessions li")].map((row) => row.textContent.includes("This session")),
  );
  assert.deepEqual(marked, [true, false, false]);
  await button(page, "End all other sessions").click();
  await shows(page, "The other sessions are ended.");
  await counts(page, "End session", 1);
  await counts(page, "End all other sessions", 0);
  await button(page, "End session").click();
  await shows(page, "The session is ended.");
  await counts(page, "Sign in", 1);
});

test(`${engine}: what is wrong is told in words`, async () => {
  const page = await popup();
  await signIn(page, "alice", "wrong");
  await shows(page, "The name or the password is wrong.");
  await signIn(page);
  await shows(page, "You are signed in.");
  await server.act("deactivate", "alice"); // ends every session
  await button(page, "End session").click();
  await shows(page, "You are not signed in any more.");
  await counts(page, "Sign in", 1);
});

test(`${engine}: a server that cannot be reached signs nobody out`, async () => {
  await signedIn();
  await server.act("answer", { break: true });
  const page = await popup();
  await shows(page, "The server cannot be reached.");
  await counts(page, "Sign in", 0);
  await server.act("answer");
  await button(page, "Try again").click();
  await counts(page, "End session", 1);
});

test(`${engine}: a link is made in a tab, and an open popup is told when that is back`, async () => {
  const page = await signedIn();
  const tab = await leave(page);
  assert.equal(await badge(page), "");
  await Promise.all([tab.waitForNavigation(), button(tab, "Approve").click()]);
  await page.bringToFront();
  await shows(page, "The account is linked.");
  await shows(page, "alice_ext");
  await button(page, "Unlink").click();
  await shows(page, "no longer linked");
  await tab.close();
});

for (const [what, decide] of [
  ["denied", (tab: Page) => button(tab, "Deny").click()],
  ["closed", (tab: Page) => tab.close()],
] as const) {
  test(`${engine}: a link that was ${what} is told by the next popup, once`, async () => {
    const page = await signedIn();
    const tab = await leave(page);
    const other = await popup();
    await counts(other, "Link", 1);
    await shows(other, /^(?![^]*nothing has changed)/); // it is not done yet
    await page.close();
    await other.close();
    pages.length = 0;
    await decide(tab);
    const own = await site(); // a tab that is not the link's
    await counts(own, "Link", 1);
    const next = await popup();
    await shows(next, "The account was not linked; nothing has changed.");
    const last = await popup();
    await counts(last, "Link", 1);
    await shows(last, /^(?![^]*nothing has changed)/);
    assert.equal(await badge(last), "");
    if (!tab.isClosed()) {
      await tab.close();
    }
  });
}

test(`${engine}: sign in with an account from elsewhere, in a tab; an open popup is told when that is back`, async () => {
  await server.act("providers", "other", "oidc");
  await server.act("link", "alice", "oidc", "alice_ext");
  const page = await popup();
  await counts(page, "Sign in with other", 1);
  const tab = await leave(page, "Sign in with oidc");
  await Promise.all([tab.waitForNavigation(), button(tab, "Approve").click()]);
  await page.bringToFront();
  await shows(page, "You are signed in.");
  await shows(page, "(@alice)");
  await counts(page, "End session", 1);
  await button(page, "Sign out").click();
  await counts(page, "Sign in with oidc", 1);
  await tab.close();
});

for (const [what, decide] of [
  ["denied", (tab: Page) => button(tab, "Deny").click()],
  ["closed", (tab: Page) => tab.close()],
] as const) {
  test(`${engine}: a login that was ${what} is told by the next popup, once`, async () => {
    const page = await popup();
    const tab = await leave(page, "Sign in with oidc");
    await page.close();
    pages.length = 0;
    await decide(tab);
    const own = await site(); // a tab that is not the login's
    await counts(own, "Sign in", 1);
    const next = await popup();
    await shows(next, "You were not signed in; nothing has changed.");
    const last = await popup();
    await counts(last, "Sign in", 1);
    await shows(last, /^(?![^]*nothing has changed)/);
    assert.equal(await badge(last), "");
    if (!tab.isClosed()) {
      await tab.close();
    }
  });
}

test(`${engine}: providers that cannot be listed are told, and a name and a password do`, async () => {
  await server.act("answer", { path: "/api/v3/version", status: 500, body: "{}" });
  const page = await popup();
  await shows(page, "The server has a problem.");
  await signIn(page, "@alice");
  await shows(page, "(@alice)");
  await counts(page, "End session", 1); // the one list is there, and the other told
  await shows(page, "The server has a problem.");
  await server.act("answer");
  await counts(await popup(), "Link", 1);
});

const names = [
  "constructor",
  "__proto__",
  "toString",
  "hasOwnProperty",
  "valueOf",
  "then",
  "isPrototypeOf",
  "a b",
];

test(`${engine}: a name from outside is shown as it is, whatever it is the name of`, async () => {
  await server.act("providers", ...names);
  const page = await popup();
  for (const name of names) {
    await counts(page, `Sign in with ${name}`, 1);
  }
  await signIn(page);
  await shows(page, "You are signed in.");
  const shown = await page.evaluate(() =>
    [...document.querySelectorAll("#accounts p")].map((p) => p.firstChild?.textContent),
  );
  assert.deepEqual(shown, names);
});

test(`${engine}: the background answers what the popup asks for, and nothing that every object has`, async () => {
  const page = await popup();
  const answers = await page.evaluate(
    (asked) =>
      Promise.all(
        asked.map((message) => (globalThis as unknown as Scope).chrome.runtime.sendMessage(message)),
      ),
    [...names.map((ask) => ({ ask, args: [] })), { ask: "state" }, { ask: null }, {}, [], "state", 5, null],
  );
  for (const answer of answers) {
    assert.deepEqual(Object.keys(answer as object).sort(), ["error", "status"], JSON.stringify(answer));
  }
  const [known] = await page.evaluate(async () => [
    await (globalThis as unknown as Scope).chrome.runtime.sendMessage({ ask: "providers", args: [] }),
  ]);
  assert.deepEqual(known, { value: ["oidc"] });
});

test(
  `${engine}: a link outlasts the service worker`,
  { skip: engine === "chromium" ? false : "only Chromium lets a test stop an extension's worker" },
  async () => {
    const page = await signedIn();
    const tab = await leave(page);
    await page.close();
    pages.length = 0;
    const target = await extension.browser.waitForTarget(
      (target) => target.type() === TargetType.SERVICE_WORKER,
    );
    await (await target.worker())?.close();
    await button(tab, "Approve").click();
    const next = await popup();
    await shows(next, "The account is linked.");
    await tab.close();
  },
);

test(`${engine}: it may store and call its server, and nothing else`, async () => {
  const page = await popup();
  assert.deepEqual(
    await page.evaluate(async () => {
      const { permissions, origins } = await (globalThis as unknown as Scope).chrome.permissions.getAll();
      return { permissions, origins };
    }),
    { permissions: ["storage"], origins: ["http://127.0.0.1/*"] },
  );
});

test(`${engine}: axe has no findings, and focus is where one goes on`, async () => {
  const axe = readFileSync(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");
  const page = await popup();
  const findings = async (): Promise<string[]> => {
    await page.evaluate(axe);
    const { violations, passes } = await page.evaluate(() =>
      (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
    );
    assert.ok(passes.length > 10, "axe looked at the popup");
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  };
  const focused = (): Promise<string | undefined> =>
    page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent || "");
  await counts(page, "Sign in", 1);
  assert.equal(await focused(), "name");
  assert.deepEqual(await findings(), []);
  await page.keyboard.type("alice");
  await page.keyboard.press("Tab");
  await page.keyboard.type("password1234");
  await page.keyboard.press("Enter");
  await shows(page, "You are signed in.");
  assert.equal(await focused(), "sessions-title");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "End session");
  assert.deepEqual(await findings(), []);
});
