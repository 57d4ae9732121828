import type { Browser, CDPSession, Page } from "puppeteer-core";
import { type Held, watch } from "../js/test/e2e/watch.ts";
import { inFreshPage } from "./browser.ts";
import type { Client } from "./contenders.ts";
import type { Server } from "./server.ts";

/** Bytes, once garbage is collected. */
export interface Memory {
  /** WebAssembly's. */
  readonly linear: AfterCalls & {
    /** What another client still holds that has listed 10,000 sessions. */
    readonly afterLarge: number;
  };
  /** JavaScript's. */
  readonly heap: AfterCalls;
}

/** After so many calls. */
interface AfterCalls {
  readonly c100: number;
  readonly c10000: number;
  readonly c50000: number;
}

/** Measures ours, in a page with nothing else. */
export async function measureMemory(browser: Browser, server: Server): Promise<Memory> {
  let held: (() => Promise<Held>) | undefined;
  const prepare = async (page: Page, cdp: CDPSession): Promise<void> => {
    held = await watch(page, cdp);
  };
  return inFreshPage(browser, server, (page) => measure(page, held as () => Promise<Held>), prepare);
}

async function measure(page: Page, held: () => Promise<Held>): Promise<Memory> {
  const call = (times: number, baseURL = "/few/api/v3"): Promise<void> =>
    page.evaluate(
      async (times, baseURL) => {
        const { client } = (await import("/clients/ours.js" as string)) as { client: Client };
        const lists = ((globalThis as unknown as Scope).lists ??= {});
        const list = (lists[baseURL] ??= client(baseURL));
        // Some at a time, as no one else is timed here and the way to the server is long.
        const inFlight = Math.min(10, times);
        for (let i = 0; i < times; i += inFlight) {
          await Promise.all(Array.from({ length: inFlight }, list));
        }
      },
      times,
      baseURL,
    );

  await call(100);
  const c100 = await held();
  await call(9_900);
  const c10000 = await held();
  await call(40_000);
  const c50000 = await held();
  await call(1, "/many/api/v3");
  const afterLarge = (await held()).linear - c50000.linear;
  const of = (kind: "linear" | "heap"): AfterCalls => ({
    c100: c100[kind],
    c10000: c10000[kind],
    c50000: c50000[kind],
  });
  return { linear: { ...of("linear"), afterLarge }, heap: of("heap") };
}

/** What the page holds between calls. */
interface Scope {
  lists?: Record<string, ReturnType<Client>>;
}
