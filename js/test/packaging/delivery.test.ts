import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import type { Browser, Page } from "puppeteer-core";
import { startBrowser } from "../e2e/browser.ts";
import { startServer, type TestServer } from "../e2e/server.ts";
import { waitFor } from "../e2e/wait.ts";
import { install, projects } from "./project.ts";
import { listen, type Running } from "./running.ts";

// From where a page has the package's files: another origin, and a service worker.

const project = install("alone");
const dist = "node_modules/traq-auth/dist";
let server: TestServer;
let browser: Browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(projects), startBrowser()]);
});
after(() => Promise.all([browser.close(), server.close()]));
beforeEach(() => server.reset());

/** Serves a folder of the project's from an origin of its own, which lets the others read what is to be shared. */
function serve(folder: string, shares: (path: string) => boolean): Promise<Running> {
  const files = createServer(({ url = "" }, answer) => {
    if (shares(url)) {
      answer.setHeader("Access-Control-Allow-Origin", "*");
    }
    answer.setHeader("Content-Type", types[extname(url)] ?? "text/plain");
    answer.end(readFileSync(join(project, folder, url)));
  });
  return listen(files);
}

const types: Readonly<Record<string, string>> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".wasm": "application/wasm",
};

async function page(address: string): Promise<Page> {
  const page = await (await browser.createBrowserContext()).newPage();
  await page.goto(address);
  return page;
}

/** What a page shows once it shows anything. */
async function shown(page: Page): Promise<string> {
  const text = (): string => document.body.innerText.trim();
  await waitFor(page, text);
  return page.evaluate(text);
}

/** Signs in with the package of an origin, and gives how many sessions there are, or the error. */
const signIn = (page: Page, origin: string): Promise<unknown> =>
  page.evaluate(async (entry) => {
    const { createAuthClient } = (await import(entry)) as typeof import("../../src/index.ts");
    const auth = createAuthClient();
    try {
      await auth.login({ name: "alice", password: "password1234" });
      return (await auth.listSessions()).length;
    } catch (error) {
      return String(error);
    }
  }, `${origin}/index.js`);

test("a page signs in with the package from another origin that shares it", async (t) => {
  const { origin, close } = await serve(dist, () => true);
  t.after(close);
  assert.equal(await signIn(await page(`${server.origin}/_test/blank`), origin), 1);
});

test("where another origin shares the JavaScript alone, CORS and the other entry are named", async (t) => {
  const { origin, close } = await serve(dist, (path) => path.endsWith(".js"));
  t.after(close);
  assert.match(
    String(await signIn(await page(`${server.origin}/_test/blank`), origin)),
    /\/traq-auth\.wasm could not be fetched; check the connection, CORS, .*or import traq-auth\/inline$/,
  );
});

test("a page whose service worker has the module in its cache starts without its server", async () => {
  const { origin, close } = await serve(".", () => false);
  const app = await page(`${origin}/pwa.html`);
  assert.equal(await shown(app), "cached");
  await close();
  await app.goto(`${origin}/pwa.html?start`);
  assert.equal(await shown(app), "ready, network_error");
});
