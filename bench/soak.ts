/**
 * Makes 50,000 mixed calls in one page, and then 1,000 clients that are used
 * once and disposed of, and prints what the page held before and after. It
 * fails where something has grown beyond its bound.
 */
import { startServer } from "../js/test/e2e/server.ts";
import { bounds, grown, soak } from "../js/test/e2e/soak.ts";
import type { Held } from "../js/test/e2e/watch.ts";
import { startBrowser } from "./browser.ts";
import { table } from "./table.ts";

const calls = 50_000;
const clients = 1000;

const [server, browser] = await Promise.all([startServer(), startBrowser()]);
try {
  const soaked = await soak(browser, server, calls, clients);
  const number = (n: number): string => n.toLocaleString("en");
  console.log(
    table(
      ["calls that ended with", "calls"],
      Object.entries(soaked.outcomes).map(([name, count]) => [name, number(count)]),
    ),
  );
  console.log(
    table(
      ["a page holds", "when warm", `${number(calls)} calls`, `${number(clients)} clients`, "may grow by"],
      (Object.keys(bounds) as (keyof Held)[]).map((what) => [
        what === "heap" || what === "linear" ? `${what}, bytes` : what,
        ...[soaked.before, soaked.calls, soaked.clients, bounds].map((held) => number(held[what])),
      ]),
    ),
  );
  const wrong = grown(soaked);
  if (wrong.length) {
    console.error(wrong.join("\n"));
    process.exitCode = 1;
  }
} finally {
  await Promise.all([browser.close(), server.close()]);
}
