import type { Browser } from "puppeteer-core";
import { inFreshPage } from "./browser.ts";
import { type Client, compare, type Comparison, contenders, type Measure } from "./contenders.ts";
import type { Server } from "./server.ts";

/** Milliseconds of a call, once all is loaded and compiled. */
export interface Calls {
  /** Of a list of 3 sessions. */
  readonly small: Comparison;
  /** Of a list of 10,000 sessions. */
  readonly large: Comparison;
}

const lists = {
  small: { at: "/few/api/v3", blocks: 14, callsABlock: 5 },
  large: { at: "/many/api/v3", blocks: 2, callsABlock: 1 },
} as const;

/**
 * All contenders call from one page, by turns of a few calls: a machine's
 * moods last longer than that, so that they meet all of them alike. Many short
 * rounds tell more than few long ones: a mood's change is then in few of them.
 */
export function measureCalls(browser: Browser, server: Server, rounds: number): Promise<Calls> {
  return inFreshPage(browser, server, async (page) => {
    const measure = async (list: (typeof lists)[keyof typeof lists]): Promise<Comparison> => {
      for (const contender of contenders) {
        await page.evaluate(
          async (contender, url, at) => {
            const { client } = (await import(url)) as { client: Client };
            ((globalThis as Scope).calls ??= {})[contender] = client(at);
          },
          contender,
          `/clients/${contender}.js`,
          list.at,
        );
      }
      const run: Measure = (order) =>
        page.evaluate(
          async (order, { blocks, callsABlock }) => {
            const times = { ours: 0, axios: 0, fetch: 0 };
            for (let block = 0; block < blocks; block++) {
              for (const name of order) {
                const call = (globalThis as Scope).calls?.[name] as ReturnType<Client>;
                const begin = performance.now();
                for (let i = 0; i < callsABlock; i++) {
                  await call();
                }
                times[name] += (performance.now() - begin) / (blocks * callsABlock);
              }
            }
            return times;
          },
          order,
          list,
        );
      await compare(contenders, 9, run); // until the engine has compiled what is called often
      return compare(contenders, rounds, run);
    };
    return { small: await measure(lists.small), large: await measure(lists.large) };
  });
}

/** What the page holds between runs. */
interface Scope {
  calls?: Record<string, ReturnType<Client>>;
}
