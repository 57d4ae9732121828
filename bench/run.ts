/**
 * Measures the package as it is in js/dist against what people would use
 * instead, prints the figures as tables and writes them to build/bench.json:
 *
 * - size: all that a page loads, against other packages, by one bundler line;
 * - start: from `import()` to the first answer, nothing cached;
 * - network: the same over a slow connection, everything compressed;
 * - oauth2: the same of the OAuth2 client with a stored token, against oidc-client-ts;
 * - call: a call when all is warm;
 * - memory: what calls leave behind;
 * - longtask: the main thread's longest task of a start.
 *
 * Whoever is compared takes turns with the others, so that all meet the same
 * machine. QUICK=1 makes few rounds, to see that it works.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { availableParallelism, loadavg } from "node:os";
import { startBrowser } from "./browser.ts";
import { bundleClients, file } from "./bundle.ts";
import { measureCalls } from "./call.ts";
import { contenders } from "./contenders.ts";
import { goals } from "./goals.ts";
import { measureLongTasks } from "./longtask.ts";
import { measureMemory } from "./memory.ts";
import { measureTokenStarts, tokenClients } from "./oauth2.ts";
import { measureNetworkStarts } from "./network.ts";
import { report } from "./report.ts";
import type { Environment, Results } from "./results.ts";
import { startServer } from "./server.ts";
import { measureSizes, version } from "./size.ts";
import { measureStarts } from "./start.ts";

const rounds = process.env["QUICK"] ? 6 : 61;
const load = (): number => Number(loadavg()[0]?.toFixed(2));
const step = (name: string): void => console.error(`${performance.now().toFixed().padStart(7)} ms: ${name}`);

const before = load();
await bundleClients([...contenders, "inline", ...tokenClients]);
step("size");
const size = await measureSizes();
const [server, browser] = await Promise.all([startServer(), startBrowser()]);
try {
  step("start");
  const start = await measureStarts(browser, server, rounds);
  step("network");
  const network = await measureNetworkStarts(browser, server, rounds);
  step("oauth2");
  const oauth2 = await measureTokenStarts(browser, server, rounds);
  step("call");
  const call = await measureCalls(browser, server, rounds);
  step("longtask");
  const longtask = await measureLongTasks(browser, server, Math.min(rounds, 15));
  step("memory");
  const memory = await measureMemory(browser, server);
  const environment: Environment = {
    date: new Date().toISOString(),
    rounds,
    browser: await browser.version(),
    node: process.version,
    processors: availableParallelism(),
    load: { before, after: load() },
    axios: await version("axios"),
    esbuild: await version("esbuild"),
  };
  const measured = { environment, size, start, network, oauth2, call, memory, longtask };
  const results: Results = { ...measured, goals: goals(measured) };
  await mkdir(file("build"), { recursive: true });
  await writeFile(file("build/bench.json"), `${JSON.stringify(results, null, 2)}\n`);
  console.log(report(results));
} finally {
  await Promise.all([browser.close(), server.close()]);
}
