import type { CDPSession, Page } from "puppeteer-core";

/** What a page holds, once garbage is collected. */
export interface Held {
  /** Bytes of JavaScript's heap. */
  readonly heap: number;
  /** Bytes of WebAssembly's linear memories. */
  readonly linear: number;
  /** Instances of WebAssembly modules. */
  readonly instances: number;
  /** Timers that have still to fire. */
  readonly timers: number;
  /** Event listeners. */
  readonly listeners: number;
}

/** What the page holds for the measurement. */
interface Watched {
  watched: Pick<Held, "linear" | "instances" | "timers">;
}

/** To be called before a page loads a document. Gives what tells what that holds. Chromium alone can. */
export async function watch(page: Page, cdp: CDPSession): Promise<() => Promise<Held>> {
  await page.evaluateOnNewDocument(inPage);
  await cdp.send("Performance.enable");
  return async () => {
    await cdp.send("HeapProfiler.collectGarbage");
    const { metrics } = await cdp.send("Performance.getMetrics");
    const metric = (name: string): number => metrics.find((metric) => metric.name === name)?.value ?? NaN;
    return {
      heap: metric("JSHeapUsedSize"),
      listeners: metric("JSEventListeners"),
      ...(await page.evaluate(() => {
        const { linear, instances, timers } = (globalThis as unknown as Watched).watched;
        return { linear, instances, timers };
      })),
    };
  };
}

/** Runs in the page before all else: finds the memory of every instance that is still alive, and counts timers. */
function inPage(): void {
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

  const timers = new Set<unknown>();
  const { setTimeout, clearTimeout } = globalThis;
  globalThis.setTimeout = ((callback: (...args: unknown[]) => void, ...rest: [number, ...unknown[]]) => {
    const timer = setTimeout(
      (...args: unknown[]) => {
        timers.delete(timer);
        callback(...args);
      },
      ...rest,
    );
    timers.add(timer);
    return timer;
  }) as typeof setTimeout;
  globalThis.clearTimeout = (timer) => {
    timers.delete(timer);
    clearTimeout(timer);
  };

  const alive = (): WebAssembly.Memory[] => memories.flatMap((memory) => memory.deref() ?? []);
  (globalThis as unknown as Watched).watched = {
    get linear() {
      return alive().reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
    },
    get instances() {
      return alive().length;
    },
    get timers() {
      return timers.size;
    },
  };
}
