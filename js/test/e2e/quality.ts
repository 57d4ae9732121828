import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { AxeResults } from "axe-core";
import type { Page } from "puppeteer-core";

// How good a page is to look at, to hear and to use by keyboard.

const axe = readFileSync(new URL("../../node_modules/axe-core/axe.min.js", import.meta.url), "utf8");

/** Runs axe-core, all of its rules, and gives its findings. */
export async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  assert.ok(passes.length > 10, "axe looked at the page");
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

export async function assertFits(page: Page): Promise<void> {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wider <= 0, `the page is ${wider} px wider than the window`);
}

/** The ways in which a page is looked at. */
export const looks = [
  { scheme: "light", width: 1024 },
  { scheme: "dark", width: 1024 },
  { scheme: "light", width: 320 },
  { scheme: "dark", width: 320 },
] as const;

/** What has the focus, by its words or a field's name. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement: at } = document;
    return at?.textContent || (at as HTMLInputElement | null)?.name || "";
  });

/** What is read aloud by itself, in the regions of a role. */
export const said = (page: Page, role: "alert" | "status"): Promise<string> =>
  page.evaluate(
    (role) =>
      [...document.querySelectorAll(`[role="${role}"]`)]
        .filter((region) => region.checkVisibility())
        .map((region) => region.textContent)
        .join("|"),
    role,
  );

/** https://wicg.github.io/layout-instability/#sec-layout-shift */
interface LayoutShift extends PerformanceEntry {
  readonly hadRecentInput: boolean;
  readonly sources: readonly {
    readonly node: Node | null;
    readonly previousRect: DOMRectReadOnly;
    readonly currentRect: DOMRectReadOnly;
  }[];
}

/** Notes in each document what moves by itself; gives how to read that of the document that is shown. */
export async function noteShifts(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluateOnNewDocument(() => {
    const scope = globalThis as unknown as { shifts: string[] };
    scope.shifts = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as LayoutShift[]) {
        for (const { node, previousRect, currentRect } of entry.hadRecentInput ? [] : entry.sources) {
          scope.shifts.push(
            `${node?.nodeName ?? ""} ${(node as Element | null)?.id ?? ""} from ${previousRect.y} to ${currentRect.y}`,
          );
        }
      }
    }).observe({ type: "layout-shift", buffered: true });
  });
  return () => page.evaluate(() => (globalThis as unknown as { shifts: string[] }).shifts);
}
