import { mkdirSync } from "node:fs";
import type { Page } from "puppeteer-core";
import { startBrowser } from "./browser.ts";
import { follow, toConsent } from "./app.ts";
import { button, field, shows, signIn } from "./page.ts";
import { startExample } from "./example.ts";
import { startServer } from "./server.ts";

// Takes pictures of the states of the example's pages: make screenshots.

const folder = new URL("../../../build/screenshots/", import.meta.url).pathname;
mkdirSync(folder, { recursive: true });

const [server, browser] = await Promise.all([startServer(), startBrowser()]);
const page = await browser.newPage();

async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${folder}${name}.png`, fullPage: true });
  console.log(`build/screenshots/${name}.png`);
}

for (const [look, scheme, width] of [
  ["", "light", 760],
  ["-dark", "dark", 760],
  ["-phone", "light", 360],
] as const) {
  await server.reset();
  await server.act("providers", "traQ", "github", "oidc");
  await server.act("link", "alice", "github", "alice-on-github");
  await server.act("session", "alice", "26h");
  await server.act("session", "alice", "200h");
  await page.setViewport({ width, height: 640, deviceScaleFactor: 2 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.goto(server.origin);
  await shows(page, "Sign in with OpenID Connect");
  await take(page, `sign-in${look}`);
  await signIn(page, "alice", "wrong");
  await shows(page, "is wrong");
  await take(page, `wrong-password${look}`);
  await field(page, "Password").fill("password1234");
  await server.act("answer", { path: "/api/v3/login", status: 204, wait: 3_600_000 });
  await button(page, "Sign in").click();
  await new Promise((resolve) => setTimeout(resolve, 500));
  await take(page, `waiting${look}`);
  await server.act("answer");
  await page.reload();
  await signIn(page);
  await shows(page, "You are signed in.");
  await page.reload();
  await shows(page, "End session");
  await shows(page, "traq-auth 0");
  await take(page, `signed-in${look}`);
  await server.act("answer", { path: "/api/v3/users/me/ex-accounts/unlink", status: 503, body: "{}" });
  await button(page, "Unlink").click();
  await shows(page, "The server has a problem");
  await take(page, `failed${look}`);
  await server.act("answer");
  await button(page, "Sign out").click();
  await shows(page, "You are signed out.");
  await shows(page, "Last used here");
  await take(page, `signed-out${look}`);

  // The third party's page.
  const unregistered = await startExample(server.origin);
  await page.goto(unregistered.app);
  await shows(page, "One step is missing");
  await shows(page, "traq-auth 0");
  await take(page, `app-setup${look}`);
  unregistered.end();
  await page.goto(server.thirdParty);
  await shows(page, "traq-auth 0");
  await take(page, `app-sign-in${look}`);
  await toConsent(page);
  await take(page, `app-consent${look}`);
  await follow(page, "Deny");
  await shows(page, "traq-auth 0");
  await take(page, `app-denied${look}`);
  await toConsent(page);
  await follow(page, "Allow");
  await shows(page, "traq-auth 0");
  await take(page, `app-signed-in${look}`);
  await server.reachable(false);
  await page.reload();
  await shows(page, "cannot be reached");
  await shows(page, "traq-auth 0");
  await take(page, `app-failed${look}`);
  await server.act("answer");
  await button(page, "日本語").click();
  await shows(page, "ログイン中のユーザー");
  await take(page, `app-japanese${look}`);
  await button(page, "ログアウト").click();
  await button(page, "English").click();
}
await Promise.all([browser.close(), server.close()]);
