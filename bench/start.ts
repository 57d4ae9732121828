import type { Browser, Page } from "puppeteer-core";
import { inFreshPage } from "./browser.ts";
import { type Client, compare, type Comparison, type Contender, contenders, inTurn } from "./contenders.ts";
import type { Server } from "./server.ts";

/** How many times the processor is slowed. It slows a page's main thread alone. */
export const slowing = 4;

/** Milliseconds from `import()` to the first answer, nothing cached. */
export interface Starts {
  readonly full: Comparison;
  readonly slow: Comparison;
}

/** Measures something of each contender, in fresh pages whose processor is so many times slower. */
export function compareAt<Name extends string>(
  names: readonly Name[],
  rate: number,
  rounds: number,
  browser: Browser,
  server: Server,
  measure: (page: Page, contender: Name) => Promise<number>,
): Promise<Comparison<Name>> {
  return compare(
    names,
    rounds,
    inTurn((contender) =>
      inFreshPage(browser, server, async (page, cdp) => {
        await cdp.send("Emulation.setCPUThrottlingRate", { rate });
        return measure(page, contender);
      }),
    ),
  );
}

export const addressOf = (contender: Contender): string => `/clients/${contender}.js`;

export async function measureStarts(browser: Browser, server: Server, rounds: number): Promise<Starts> {
  const measure = (page: Page, contender: Contender): Promise<number> => start(page, addressOf(contender));
  await compareAt(contenders, 1, 1, browser, server, measure);
  return {
    full: await compareAt(contenders, 1, rounds, browser, server, measure),
    slow: await compareAt(contenders, slowing, rounds, browser, server, measure),
  };
}

/** Imports a client of an address and lists the sessions; gives how long it took. Its begin and end are marked. */
export function start(page: Page, address: string): Promise<number> {
  return page.evaluate(async (url) => {
    const begin = performance.mark("begin").startTime;
    const { client } = (await import(url)) as { client: Client };
    const sessions = await client("/api/v3")();
    const end = performance.mark("end").startTime;
    if (sessions.length !== 3) {
      throw new Error(`${sessions.length} sessions`);
    }
    return end - begin;
  }, address);
}
