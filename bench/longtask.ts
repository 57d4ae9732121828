import type { Browser } from "puppeteer-core";
import { type Comparison, contenders } from "./contenders.ts";
import type { Server } from "./server.ts";
import { addressOf, compareAt, slowing, start } from "./start.ts";

/** Milliseconds of the main thread's longest task while a client starts, nothing cached. */
export type LongTasks = Comparison & { readonly slow: Comparison };

export async function measureLongTasks(browser: Browser, server: Server, rounds: number): Promise<LongTasks> {
  const at = (rate: number): Promise<Comparison> =>
    compareAt(contenders, rate, rounds, browser, server, async (page, contender) => {
      // A PerformanceObserver tells of tasks of 50 ms and more only; a trace tells of all.
      await page.tracing.start({
        categories: ["disabled-by-default-devtools.timeline", "blink.user_timing"],
      });
      await start(page, addressOf(contender));
      return longest((await page.tracing.stop()) as Uint8Array);
    });
  const full = await at(1);
  return { ...full, slow: await at(slowing) };
}

/** An event of a trace; times are microseconds. */
interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
}

/** The longest task between the marks of a start, on the thread that set them. */
function longest(trace: Uint8Array): number {
  const { traceEvents } = JSON.parse(new TextDecoder().decode(trace)) as { traceEvents: TraceEvent[] };
  const mark = (name: string): TraceEvent => {
    const found = traceEvents.find((event) => event.name === name);
    if (!found) {
      throw new Error(`the trace has no mark ${name}`);
    }
    return found;
  };
  const [begin, end] = [mark("begin"), mark("end")];
  const tasks = traceEvents.filter(
    ({ name, pid, tid, ts, dur }) =>
      name === "RunTask" && pid === begin.pid && tid === begin.tid && ts < end.ts && ts + dur > begin.ts,
  );
  if (tasks.length === 0) {
    throw new Error("the trace has no tasks");
  }
  return Math.max(...tasks.map(({ dur }) => dur)) / 1000;
}
