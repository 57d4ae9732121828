import type { Browser } from "puppeteer-core";
import { inFreshPage } from "./browser.ts";
import { type Client, compare, type Comparison, contenders } from "./contenders.ts";
import type { Server } from "./server.ts";

/** Milliseconds of a call, once all is loaded and compiled. */
export interface Calls {
  /** Of a list of 3 sessions. */
  readonly small: Comparison;
  /** Of a list of 10,000 sessions. */
  readonly large: Comparison;
}

const lists = {
  small: { at: "/few/api/v3", callsARun: 100 },
  large: { at: "/many/api/v3", callsARun: 5 },
} as const;

/** All contenders call from one page, in turn. */
export function measureCalls(browser: Browser, server: Server, rounds: number): Promise<Calls> {
  return inFreshPage(browser, server, async (page, cdp) => {
    const measure = async ({ at, callsARun }: (typeof lists)[keyof typeof lists]): Promise<Comparison> => {
      for (const contender of contenders) {
        await page.evaluate(
          async (contender, url, at) => {
            const { client } = (await import(url)) as { client: Client };
            ((globalThis as Scope).calls ??= {})[contender] = client(at);
          },
          contender,
          `/clients/${contender}.js`,
          at,
        );
      }
      const run = async (contender: string): Promise<number> => {
        // Nobody pays for what another has left behind.
        await cdp.send("HeapProfiler.collectGarbage");
        return page.evaluate(
          async (contender, calls) => {
            const call = (globalThis as Scope).calls?.[contender] as ReturnType<Client>;
            const begin = performance.now();
            for (let i = 0; i < calls; i++) {
              await call();
            }
            return (performance.now() - begin) / calls;
          },
          contender,
          callsARun,
        );
      };
      await compare(3, run); // until the engine has compiled what is called often
      return compare(rounds, run);
    };
    return { small: await measure(lists.small), large: await measure(lists.large) };
  });
}

/** What the page holds between runs. */
interface Scope {
  calls?: Record<string, ReturnType<Client>>;
}
