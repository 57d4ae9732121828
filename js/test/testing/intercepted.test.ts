import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import puppeteer, { type Browser, type HTTPRequest } from "puppeteer-core";

// A page in a real browser, whose requests are intercepted and answered by the
// server behind `respond`, as Playwright's page.route does: nothing listens anywhere.

const js = new URL("../../", import.meta.url).pathname;
const { createTestServer } = (await import(
  `${js}testing/dist/index.js`
)) as typeof import("../../testing/src/index.ts");

let browser: Browser;
before(async () => {
  const executablePath = execFileSync(`${js}../tools/chromium.sh`, { encoding: "utf8" }).trim();
  browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox"] });
});
after(() => browser.close());

test("a page's requests are answered from within the test", async () => {
  const traq = await createTestServer({ origin: "https://traq.example" });
  const page = await browser.newPage();
  await page.setRequestInterception(true);
  const answer = async (request: HTTPRequest): Promise<void> => {
    const { pathname } = new URL(request.url());
    if (pathname === "/") {
      await request.respond({ contentType: "text/html", body: "<!doctype html><title>A page</title>" });
    } else if (pathname.startsWith("/pkg/")) {
      const file = readFileSync(`${js}dist/${pathname.slice("/pkg/".length)}`);
      await request.respond({
        contentType: pathname.endsWith(".js") ? "text/javascript" : "application/wasm",
        body: file,
      });
    } else {
      const response = await traq.respond(request.url(), {
        method: request.method(),
        headers: request.headers(),
        body: (await request.fetchPostData()) ?? null,
      });
      const body = new Uint8Array(await response.arrayBuffer());
      await request.respond({ status: response.status, headers: Object.fromEntries(response.headers), body });
    }
  };
  page.on("request", (request) => void answer(request));
  await page.goto("https://traq.example/");
  const seen = await page.evaluate(async () => {
    const { createAuthClient } = await import("/pkg/index.js");
    const auth = createAuthClient();
    const wrong = await auth.login({ name: "alice", password: "wrong" }).catch((error: unknown) => error);
    const { redirectTo } = await auth.login(
      { name: "alice", password: "password1234" },
      { redirect: "/home" },
    );
    const { name } = await auth.getUser();
    return {
      wrong: (wrong as { code: string }).code,
      redirectTo,
      name,
      sessions: (await auth.listSessions()).length,
    };
  });
  assert.deepEqual(seen, {
    wrong: "invalid_credentials",
    redirectTo: "https://traq.example/home",
    name: "alice",
    sessions: 1,
  });
  assert.match(traq.cookie, /^r_session=/);
});
