import type { Browser, Page } from "puppeteer-core";

/** Opens a page with cookies of its own, as somebody new has, for a task, which is told what the page throws. */
export async function inNewContext<T>(
  browser: Browser,
  task: (page: Page, thrown: string[]) => Promise<T>,
): Promise<T> {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    const thrown: string[] = [];
    page.on("pageerror", (error) => thrown.push(String(error)));
    return await task(page, thrown);
  } finally {
    await context.close();
  }
}
