import type { Browser } from "puppeteer-core";
import { type Command, type Display, type Session, startDisplay, startSession } from "./webdriver.ts";

// As much of puppeteer's interface over plain WebDriver as the tests need that
// run in WebKit too. What is not here fails as "… is not a function".

const elementKey = "element-6066-11e4-a52e-4f735466cecf";
type ElementReference = Record<typeof elementKey, string>;

const visible = "return arguments[0].checkVisibility()";

const pause = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 50));

/** Tries until something is given that is not undefined. */
async function until<T>(what: string, timeout: number, task: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + timeout; Date.now() < end; await pause()) {
    const found = await task();
    if (found !== undefined) {
      return found;
    }
  }
  throw new Error(`${what}: not within ${timeout} ms`);
}

type Task = (...args: unknown[]) => unknown;

interface Viewport {
  readonly width: number;
  readonly height: number;
}

interface Locator {
  click(): Promise<unknown>;
  fill(value: string): Promise<unknown>;
  waitHandle(): Promise<{ evaluate: (task: Task) => Promise<unknown> }>;
}

class WebKitPage {
  #url = "about:blank";
  #prelude = "";
  #viewport: Viewport | null = null;

  constructor(
    readonly context: WebKitContext,
    readonly session: Session,
    readonly handle: string,
  ) {}

  #do<T>(task: (send: Command) => Promise<T>): Promise<T> {
    return this.session.inWindow(this.handle, task);
  }

  /** Waits until the page is loaded, if it is about to be, and notes where it is. */
  async #arrive(): Promise<void> {
    this.#url = (await this.#do((send) => send("GET", "/url"))) as string;
    this.context.visited(this.#url);
  }

  url(): string {
    return this.#url;
  }

  browserContext(): WebKitContext {
    return this.context;
  }

  async goto(url: string): Promise<void> {
    await this.#arrive(); // it may have gone elsewhere by itself
    await this.#do((send) => send("POST", "/url", { url }));
    await this.#arrive();
  }

  async reload(): Promise<void> {
    await this.#do((send) => send("POST", "/refresh", {}));
    await this.#arrive();
  }

  /** For texts alone, that do no harm where they run again: they go before each function. */
  evaluateOnNewDocument(text: unknown): Promise<void> {
    if (typeof text !== "string") {
      throw new Error("WebDriver runs nothing before a document's own scripts");
    }
    this.#prelude += `${text};`;
    return Promise.resolve();
  }

  async evaluate(task: string | Task, ...args: unknown[]): Promise<unknown> {
    const call = typeof task === "string" ? `(${task})` : `(${task.toString()})(...args)`;
    const script = `${this.#prelude}
      const args = [...arguments], done = args.pop();
      (async () => ({ value: await ${call} }))().then(done, (error) => done({ error: String(error) }));`;
    const answer = await this.#do((send) => send("POST", "/execute/async", { script, args }));
    const { value, error } = answer as { value?: unknown; error?: string };
    if (error !== undefined) {
      throw new Error(error);
    }
    return value ?? undefined;
  }

  /** Begins now: what is asked of the page next leaves it. */
  async waitForNavigation(): Promise<void> {
    await this.evaluate("globalThis.isLeft = false");
    await until("waitForNavigation", 30_000, async () => {
      const here = await this.evaluate('"isLeft" in globalThis || document.readyState !== "complete"').catch(
        () => true,
      );
      return here === true ? undefined : true;
    });
    await this.#arrive();
  }

  async click(selector: string): Promise<void> {
    await this.locator(selector).click();
  }

  /** By a name and a role, as WebKit tells them to who does not see the page, or by CSS. */
  locator(selector: string): Locator {
    const [, name, role] = /^::-p-aria\(\[name="(.*)"\]\[role="(.*)"\]\)$/.exec(selector) ?? [];
    const css = name === undefined ? selector : "button, input";
    const find = async (send: Command): Promise<string | undefined> => {
      const found = await send("POST", "/elements", { using: "css selector", value: css });
      for (const { [elementKey]: id } of found as ElementReference[]) {
        // WebKit fails to name some of what is hidden, and its driver takes some of what is shown for hidden.
        if (
          (await send("POST", "/execute/sync", { script: visible, args: [{ [elementKey]: id }] })) &&
          (name === undefined ||
            ((await send("GET", `/element/${id}/computedlabel`)) === name &&
              (await send("GET", `/element/${id}/computedrole`)) === role))
        ) {
          return id;
        }
      }
      return undefined;
    };
    const act = <T>(task: (send: Command, id: string) => Promise<T>): Promise<T> =>
      until(selector, 30_000, () =>
        this.#do(async (send) => {
          try {
            const id = await find(send);
            return id === undefined ? undefined : await task(send, id);
          } catch {
            return undefined; // what was found is gone or covered
          }
        }),
      );
    return {
      click: () => act((send, id) => send("POST", `/element/${id}/click`, {})),
      fill: (value) =>
        act(async (send, id) => {
          await send("POST", `/element/${id}/clear`, {});
          return value === "" || send("POST", `/element/${id}/value`, { text: value });
        }),
      waitHandle: async () => {
        const element = await act((_, id) => Promise.resolve({ [elementKey]: id }));
        return { evaluate: (task) => this.evaluate(task, element) };
      },
    };
  }

  viewport(): Viewport | null {
    return this.#viewport;
  }

  async setViewport({ width, height }: Viewport): Promise<void> {
    this.#viewport = { width, height };
    await this.#do((send) => send("POST", "/window/rect", { width, height }));
  }

  async bringToFront(): Promise<void> {
    await this.#do(() => Promise.resolve());
  }

  async close(): Promise<void> {
    await this.#do((send) => send("DELETE", "/window"));
  }
}

/** Pages with the same cookies: a browser of its own. */
class WebKitContext {
  #pages = 0;
  /** By host, an origin that was visited and may have left cookies. */
  readonly #origins = new Map<string, string>();

  constructor(readonly session: Session) {}

  visited(url: string): void {
    if (url.startsWith("http")) {
      const { hostname, origin } = new URL(url);
      this.#origins.set(hostname, origin);
    }
  }

  async newPage(): Promise<WebKitPage> {
    const handle =
      this.#pages++ === 0
        ? ((await this.session.send("GET", "/window")) as string)
        : ((await this.session.send("POST", "/window/new", { type: "tab" })) as { handle: string }).handle;
    return new WebKitPage(this, this.session, handle);
  }

  close(): Promise<void> {
    return this.session.close();
  }

  cookies(): Promise<never[]> {
    return Promise.resolve([]);
  }

  /** Deletes all; WebDriver does so for the host of the page that is shown, which is left as it is. */
  async deleteCookie(): Promise<void> {
    const here = (await this.session.send("GET", "/url")) as string;
    const hosts = [...this.#origins].filter(([host]) => host !== new URL(here).hostname);
    for (const [, origin] of hosts) {
      await this.session.send("POST", "/url", { url: `${origin}/_test/blank` });
      await this.#deleteShown();
    }
    if (hosts.length > 0) {
      await this.session.send("POST", "/url", { url: here });
    }
    await this.#deleteShown();
    this.#origins.clear();
  }

  async #deleteShown(): Promise<void> {
    // WebKit answers before it has deleted them, and may then delete those of the next test.
    // Whether it has is seen by one that the page has set, once WebKit itself knows of that.
    const script = 'document.cookie = "to-be-deleted=1"; return document.cookie !== ""';
    if ((await this.session.send("POST", "/execute/sync", { script, args: [] })) === true) {
      await this.#waitForCookies((names) => names.includes("to-be-deleted"));
    }
    await this.session.send("DELETE", "/cookie");
    await this.#waitForCookies((names) => names.length === 0);
  }

  async #waitForCookies(as: (names: string[]) => boolean): Promise<void> {
    const deadline = Date.now() + 30_000;
    for (;;) {
      const names = ((await this.session.send("GET", "/cookie")) as { name: string }[]).map(
        ({ name }) => name,
      );
      if (as(names)) {
        return;
      }
      if (Date.now() > deadline) {
        throw new Error(`WebKit's cookies are neither set nor deleted: ${names.join(", ")}`);
      }
    }
  }
}

class WebKit {
  readonly connected = true;
  readonly #sessions: Session[] = [];

  constructor(readonly display: Display) {}

  async createBrowserContext(): Promise<WebKitContext> {
    const session = await startSession(this.display);
    this.#sessions.push(session);
    return new WebKitContext(session);
  }

  async close(): Promise<void> {
    await Promise.all(this.#sessions.map((session) => session.close()));
    await this.display.close();
  }
}

export const startWebKit = async (): Promise<Browser> =>
  new WebKit(await startDisplay()) as unknown as Browser;
