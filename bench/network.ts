import type { Browser, Page } from "puppeteer-core";
import { inFreshPage } from "./browser.ts";
import { compare, type Comparison, inTurn } from "./contenders.ts";
import { compress } from "./bundle.ts";
import type { Server } from "./server.ts";
import { start } from "./start.ts";

/** The connection: milliseconds until an answer begins, and bytes per second either way. */
const connection = {
  offline: false,
  latency: 60,
  downloadThroughput: 1_250_000,
  uploadThroughput: 1_250_000,
};

/** Who is measured: the clients by the name of a file in clients/, and ours on a page that preloads both files. */
export const networkClients = ["ours", "preloaded", "inline", "axios", "fetch"] as const;
type NetworkContender = (typeof networkClients)[number];

/** Milliseconds from `import()` to the first answer over a slow connection, nothing cached, all files compressed. */
export type NetworkStarts = Comparison<NetworkContender>;

const clientOf = (contender: NetworkContender): string => (contender === "preloaded" ? "ours" : contender);

export async function measureNetworkStarts(
  browser: Browser,
  server: Server,
  rounds: number,
): Promise<NetworkStarts> {
  await compress(new Set([...networkClients.map((name) => `${clientOf(name)}.js`), "traq-auth.wasm"]));
  const measure = inTurn((contender: NetworkContender) =>
    inFreshPage(browser, server, async (page, cdp) => {
      await cdp.send("Network.enable"); // or the connection stays as it is
      await cdp.send("Network.emulateNetworkConditions", connection);
      if (contender === "preloaded") {
        await preload(page);
      }
      return start(page, `/compressed/${clientOf(contender)}.js`);
    }),
  );
  await compare(networkClients, 1, measure);
  return compare(networkClients, rounds, measure);
}

/** Adds what a page's head would have, right before the import. */
function preload(page: Page): Promise<void> {
  return page.evaluate(() => {
    document.head.innerHTML = `
      <link rel="modulepreload" href="/compressed/ours.js">
      <link rel="preload" href="/compressed/traq-auth.wasm" as="fetch" crossorigin>`;
  });
}
