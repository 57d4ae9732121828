import { test } from "node:test";

/** Which engine the tests are driven in: "chromium", "firefox" or "webkit"; see tools/test/suites.mjs. */
export const engine = process.env["ENGINE"] ?? "chromium";

const plain = "plain WebDriver has no command for it";
const bidi = "BiDi has no command for it";
const aside = "puppeteer-core does not see a page come back from Firefox's back-forward cache";

/** What a test may need of the way a browser is driven, and why an engine's has it not. */
const lacks = {
  /** To be offline. */
  offline: { webkit: plain },
  /** To hear of a page's requests and errors, and to answer requests. */
  events: { webkit: plain },
  /** To run something before a document's own scripts. */
  newDocuments: { webkit: plain },
  /** To go back to a page as it was left. */
  history: { firefox: aside, webkit: "MiniBrowser keeps no page for the back button" },
  /** To be frozen and thawed, as a tab in the background is. */
  lifecycle: { firefox: "BiDi has no command for it", webkit: plain },
  /** To be prerendered: by speculation rules. */
  prerender: { firefox: "Firefox prerenders nothing", webkit: "WebKit prerenders nothing" },
  /** To be another kind of screen and network, and to measure what moves. */
  emulation: { firefox: bidi, webkit: plain },
  /** To count what a page holds. */
  measuring: { firefox: bidi, webkit: plain },
};

type Need = keyof typeof lacks;

/** A "test" for those that need it: skipped, with the reason, where the engine cannot be driven so. */
export function needing(need: Need): (name: string, task: () => Promise<void>) => void {
  const why: Readonly<Record<string, string>> = lacks[need];
  return (name, task) => void test(name, { skip: why[engine] ?? false }, task);
}
