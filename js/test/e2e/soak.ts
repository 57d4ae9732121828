import type { Browser, Page } from "puppeteer-core";
import type { TestServer } from "./server.ts";
import { type Held, watch } from "./watch.ts";

/** How much of something a page may hold more after all calls and clients than before; in bytes, or how many. */
export const bounds: Readonly<Record<keyof Held, number>> = {
  heap: 1 << 19,
  linear: 1 << 20, // an instance that is larger is let go when it rests
  instances: 0,
  timers: 6, // one of deadlines for each client that calls, which stays until it is due
  listeners: 0,
};

/** What a page holds: when it is warm, after the calls, after the clients. */
export interface Soaked {
  readonly before: Held;
  readonly calls: Held;
  /** The heap but for the clients themselves, of all else what they hold though they were disposed of. */
  readonly clients: Held;
  /** How the calls ended. */
  readonly outcomes: Readonly<Record<string, number>>;
}

/** Makes so many mixed calls in one page, and then so many clients that are used once and disposed of. */
export async function soak(
  browser: Browser,
  server: TestServer,
  calls: number,
  clients: number,
): Promise<Soaked> {
  const page = await (await browser.createBrowserContext()).newPage();
  try {
    // tsx wraps named functions in this one; those that the page runs too.
    await page.evaluateOnNewDocument("globalThis.__name = (f) => f");
    const held = await watch(page, await page.createCDPSession());
    await page.goto(`${server.origin}/_test/blank`);
    await mixedCalls(page, 600);
    await briefClients(page, 5);
    const before = await held();
    const outcomes = await mixedCalls(page, calls);
    const afterCalls = await held();
    await briefClients(page, clients);
    const kept = await held();
    await page.evaluate("delete globalThis.disposed");
    const { heap } = await held();
    return { before, calls: afterCalls, clients: { ...kept, heap }, outcomes };
  } finally {
    await page.browserContext().close();
  }
}

/** What has grown beyond its bound, in words. */
export const grown = ({ before, calls, clients }: Soaked): string[] =>
  Object.entries(bounds).flatMap(([name, bound]) => {
    const what = name as keyof Held;
    return Object.entries({ calls, clients }).flatMap(([when, after]) =>
      after[what] - before[what] > bound
        ? `${what} ${before[what]}, after the ${when} ${after[what]}: more than ${bound} beyond`
        : [],
    );
  });

/** Calls in turn what succeeds, is refused, fails, is aborted, times out; gives how often which was the outcome. */
const mixedCalls = (page: Page, times: number): Promise<Record<string, number>> =>
  page.evaluate(async (times) => {
    const { createAuthClient } = await import("/pkg/index.js");
    type Client = ReturnType<typeof createAuthClient>;
    const scope = globalThis as { soaked?: Record<string, Client> };
    const at = (how: string, retries = 0): Client =>
      createAuthClient({ baseURL: `/_test/always/${how}/api/v3`, retries });
    const soaked = (scope.soaked ??= {
      ok: at("200"),
      refused: at("401"),
      limited: at("429"),
      retried: at("429", 1),
      broken: at("500"),
      silent: at("never"),
    });
    const { ok, refused, limited, retried, broken, silent } = soaked as Record<
      "ok" | "refused" | "limited" | "retried" | "broken" | "silent",
      Client
    >;
    const ways: ((i: number) => Promise<unknown>)[] = [
      (i) => (i % 3 ? (i % 2 ? ok.listSessions() : ok.getServerInfo()) : ok.getUser()),
      () => refused.listSessions(),
      (i) => (i % 60 < 6 ? retried : limited).listAccounts(),
      () => broken.login({ name: "alice", password: "password1234" }),
      () => {
        const controller = new AbortController();
        setTimeout(() => controller.abort(), 2);
        return silent.getUser({ signal: controller.signal });
      },
      () => silent.getServerInfo({ timeout: 5 }),
    ];
    const outcomes: Record<string, number> = {};
    let begun = 0;
    const row = async (): Promise<void> => {
      while (begun < times) {
        const i = begun++;
        const way = ways[i % ways.length] as (typeof ways)[number];
        const name = await way(i).then(
          () => "success",
          (error: unknown) =>
            error instanceof DOMException ? error.name : String((error as { code?: unknown }).code),
        );
        outcomes[name] = (outcomes[name] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: 12 }, row));
    return outcomes;
  }, times);

/** Makes clients, one after the other, each used once and disposed of, but kept. */
const briefClients = (page: Page, count: number): Promise<void> =>
  page.evaluate(async (count) => {
    const { createAuthClient } = await import("/pkg/index.js");
    const { disposed } = Object.assign(globalThis, { disposed: [] as unknown[] });
    for (let i = 0; i < count; i++) {
      const auth = createAuthClient({ baseURL: "/_test/always/200/api/v3" });
      auth.subscribe(() => {});
      await auth.listSessions();
      auth.dispose();
      disposed.push(auth);
    }
  }, count);
