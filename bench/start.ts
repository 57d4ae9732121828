import type { Browser, Page } from "puppeteer-core";
import { inFreshPage } from "./browser.ts";
import { type Client, compare, type Comparison, type Contender, inTurn } from "./contenders.ts";
import type { Server } from "./server.ts";

/** How many times the processor is slowed. It slows a page's main thread alone. */
export const slowing = 4;

/** Milliseconds from `import()` to the first answer, nothing cached. */
export interface Starts {
  readonly full: Comparison;
  readonly slow: Comparison;
}

export async function measureStarts(browser: Browser, server: Server, rounds: number): Promise<Starts> {
  const at = (rate: number): Promise<Comparison> =>
    compare(
      rounds,
      inTurn((contender) =>
        inFreshPage(browser, server, async (page, cdp) => {
          await cdp.send("Emulation.setCPUThrottlingRate", { rate });
          return start(page, contender);
        }),
      ),
    );
  await compare(
    1,
    inTurn((contender) => inFreshPage(browser, server, (page) => start(page, contender))),
  );
  return { full: await at(1), slow: await at(slowing) };
}

/** Imports a client and lists the sessions; gives how long it took. Its begin and end are marked. */
export function start(page: Page, contender: Contender): Promise<number> {
  return page.evaluate(async (url) => {
    const begin = performance.mark("begin").startTime;
    const { client } = (await import(url)) as { client: Client };
    const sessions = await client("/api/v3")();
    const end = performance.mark("end").startTime;
    if (sessions.length !== 3) {
      throw new Error(`${sessions.length} sessions`);
    }
    return end - begin;
  }, `/clients/${contender}.js`);
}
