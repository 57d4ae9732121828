import { after, before } from "node:test";
import type { Browser, Handler, Page, PageEvents } from "puppeteer-core";
import { isShared, startBrowser, theBrowser } from "./browser.ts";
import { engine } from "./engine.ts";
import { startServer, type TestServer } from "./server.ts";

/** The server and the browser of a file's tests. */
export class Harness {
  server!: TestServer;
  browser!: Browser;
  // Pages are used again: to start one takes most of a test's time.
  readonly #pages: Page[] = [];
  readonly #tabs: Page[] = [];
  readonly #listeners: (() => void)[] = [];
  #used = 0;

  /** A page with cookies of its own, at a page where nothing but the package is used. */
  async page(origin = this.server.origin): Promise<Page> {
    const page = (this.#pages[this.#used] ??= await this.#newPage());
    this.#used++;
    if (engine === "firefox") {
      await page.bringToFront(); // a page behind another draws ever more rarely, and a click waits until it has
    }
    const blank = `${origin}/_test/blank`;
    if (page.url() !== blank) {
      await page.goto(blank);
    }
    await page.evaluate(() => localStorage.clear()); // which another test has left
    return page;
  }

  /** Another tab beside a page's, with the same cookies, at the same address. */
  async tab(page: Page): Promise<Page> {
    const tab = await this.#prepare(await page.browserContext().newPage());
    this.#tabs.push(tab);
    await tab.goto(page.url());
    return tab;
  }

  /** Listens to a page's event until the test's end. */
  listen<Name extends keyof PageEvents>(page: Page, name: Name, listener: Handler<PageEvents[Name]>): void {
    page.on(name, listener);
    this.#listeners.push(() => page.off(name, listener));
  }

  async #newPage(): Promise<Page> {
    return this.#prepare(await (await this.browser.createBrowserContext()).newPage());
  }

  async #prepare(page: Page): Promise<Page> {
    // tsx wraps named functions in this one; those that the page runs too.
    await page.evaluateOnNewDocument("globalThis.__name = (f) => f");
    return page;
  }

  /** Forgets everything that a test has left: documents, cookies, and what the server knows. */
  async reset(): Promise<void> {
    await Promise.all(this.#tabs.splice(0).map((tab) => tab.close()));
    for (const page of this.#pages.slice(0, this.#used)) {
      for (const leave of this.#listeners.splice(0)) {
        leave();
      }
      if (page.viewport()?.width !== 800 || page.viewport()?.height !== 600) {
        await page.setViewport({ width: 800, height: 600 });
      }
      if (engine === "chromium") {
        await page.emulateMediaFeatures([]);
      }
      // Where the next test begins: to load a page takes a second of a processor's.
      await page.goto(`${this.server.origin}/_test/blank`);
      const context = page.browserContext();
      await context.deleteCookie(...(await context.cookies()));
    }
    this.#used = 0;
    await this.server.reset();
  }

  /** Closes the pages. */
  async leave(): Promise<void> {
    await Promise.all(this.#pages.map((page) => page.browserContext().close()));
  }
}

/**
 * Starts the server, with the package in a folder, and the browser before a file's tests, and ends them after;
 * the browser only where it is this file's alone, as one in Firefox must be that is to hear of requests
 * (test/together.ts).
 */
export function useHarness(pkg?: string, { requests = false } = {}): Harness {
  const harness = new Harness();
  const own = !isShared() || (requests && engine === "firefox");
  let starting: readonly [Promise<TestServer>, Promise<Browser>];
  before(async () => {
    starting = [startServer(pkg), own ? startBrowser(requests) : theBrowser()];
    [harness.server, harness.browser] = await Promise.all(starting);
  });
  after(async () => {
    // Where one has not started, the other must not keep the tests from their end.
    const [server, browser] = await Promise.allSettled(starting);
    if (browser.status === "fulfilled") {
      await (own ? browser.value.close() : harness.leave());
    }
    if (server.status === "fulfilled") {
      await server.value.close();
    }
  });
  return harness;
}
