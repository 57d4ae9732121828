import type { Browser, CDPSession, Page } from "puppeteer-core";
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
export function measureMemory(browser: Browser, server: Server): Promise<Memory> {
  return inFreshPage(browser, server, measure, (page) => page.evaluateOnNewDocument(watch));
}

async function measure(page: Page, cdp: CDPSession): Promise<Memory> {
  await cdp.send("Performance.enable");
  const used = async (): Promise<{ linear: number; heap: number }> => {
    await cdp.send("HeapProfiler.collectGarbage");
    const { metrics } = await cdp.send("Performance.getMetrics");
    const heap = metrics.find(({ name }) => name === "JSHeapUsedSize")?.value ?? NaN;
    return { heap, linear: await page.evaluate(() => (globalThis as unknown as Watched).linearMemory()) };
  };
  const call = (times: number, baseURL = "/few/api/v3"): Promise<void> =>
    page.evaluate(
      async (times, baseURL) => {
        const { client } = (await import("/clients/ours.js" as string)) as { client: Client };
        const lists = ((globalThis as unknown as Watched).lists ??= {});
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
  const c100 = await used();
  await call(9_900);
  const c10000 = await used();
  await call(40_000);
  const c50000 = await used();
  await call(1, "/many/api/v3");
  const afterLarge = (await used()).linear - c50000.linear;
  const of = (kind: "linear" | "heap"): AfterCalls => ({
    c100: c100[kind],
    c10000: c10000[kind],
    c50000: c50000[kind],
  });
  return { linear: { ...of("linear"), afterLarge }, heap: of("heap") };
}

/** What the page holds for the measurement. */
interface Watched {
  linearMemory: () => number;
  lists?: Record<string, ReturnType<Client>>;
}

/** Runs in the page before all else: finds the memory of every instance that is still alive. */
function watch(): void {
  const memories: WeakRef<WebAssembly.Memory>[] = [];
  const found = (instance: WebAssembly.Instance): void => {
    for (const value of Object.values(instance.exports)) {
      if (value instanceof WebAssembly.Memory) {
        memories.push(new WeakRef(value));
      }
    }
  };
  for (const name of ["instantiate", "instantiateStreaming"] as const) {
    const real = WebAssembly[name] as (...args: unknown[]) => Promise<unknown>;
    (WebAssembly[name] as unknown) = async (...args: unknown[]) => {
      const result = (await real.apply(WebAssembly, args)) as
        WebAssembly.Instance | WebAssembly.WebAssemblyInstantiatedSource;
      found("instance" in result ? result.instance : result);
      return result;
    };
  }
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct(target, args, newTarget) {
      const instance = Reflect.construct(target, args, newTarget) as WebAssembly.Instance;
      found(instance);
      return instance;
    },
  });
  (globalThis as unknown as Watched).linearMemory = () =>
    memories.reduce((sum, memory) => sum + (memory.deref()?.buffer.byteLength ?? 0), 0);
}
