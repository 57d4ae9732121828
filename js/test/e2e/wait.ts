import type { EvaluateFunc, Page } from "puppeteer-core";
import { sleep } from "./front.ts";

/**
 * Waits until a function that is called in a page, or an expression, is truthy there;
 * whether or not the page is in front, and while it is left for another.
 */
export async function waitFor<Args extends unknown[]>(
  page: Page,
  task: string | EvaluateFunc<Args>,
  ...args: Args
): Promise<void> {
  const end = Date.now() + 30_000;
  for (;;) {
    const asked = page.evaluate(task, ...args).catch(() => false); // where the page has just been left
    // A browser may never answer for a page that is gone.
    if (await Promise.race([asked, sleep(5_000)])) {
      return;
    }
    if (Date.now() > end) {
      throw new Error(`it is not so within 30 s: ${task.toString()}`);
    }
    await sleep(50);
  }
}
