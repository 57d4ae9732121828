import { execFileSync } from "node:child_process";
import { type Browser, launch, type Page } from "puppeteer-core";
import { chromium } from "../e2e/chromium.ts";
import { engine } from "../e2e/engine.ts";
import { firefox } from "../e2e/firefox.ts";

const root = new URL("../../../", import.meta.url);

/** Where Firefox is told to have the extension, which it else decides by itself. */
const uuid = "5a2f0d3e-6c1b-4222-8333-444455556666";

/** The example's extension in a browser. */
export interface Extension {
  readonly browser: Browser;
  /** Opens its popup, in a tab. */
  popup(): Promise<Page>;
}

/** Makes the extension for a server, and starts the browser with it; with a client's id, it signs in by OAuth2. */
export async function startExtension(server: string, clientId = ""): Promise<Extension> {
  const out = `build/test/extension-${engine}${clientId && "-oauth2"}`;
  execFileSync("node", ["tools/extension.mjs", server, out, clientId], { cwd: root });
  const folder = new URL(`${out}/${engine}`, root).pathname;
  if (engine === "chromium") {
    const browser = await launch({ ...chromium, pipe: true, enableExtensions: true });
    const id = await browser.installExtension(folder);
    return { browser, popup: () => open(browser, `chrome-extension://${id}/popup.html`) };
  }
  const browser = await launch({
    ...firefox,
    args: ["-remote-allow-system-access"], // to open a page of an extension's
    extraPrefsFirefox: {
      ...firefox.extraPrefsFirefox,
      "extensions.webextensions.remote": true, // as it is for those who install one
      "extensions.webextensions.uuids": JSON.stringify({ "traq-auth@example": uuid }),
    },
  });
  await browser.installExtension(folder);
  return { browser, popup: () => open(browser, `moz-extension://${uuid}/popup.html`) };
}

async function open(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage();
  const opened = page.goto(address);
  if (engine === "chromium") {
    await opened;
  } else {
    opened.catch(() => undefined); // Firefox does not tell when such a page has loaded
    const loaded = `location.href === ${JSON.stringify(address)} && !document.querySelector("[aria-busy]")`;
    while (!(await page.evaluate(loaded).catch(() => false))) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  // tsx wraps named functions in this one.
  await page.evaluate("globalThis.__name = (f) => f");
  return page;
}
