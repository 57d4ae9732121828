import { basename } from "node:path";
import { describe } from "node:test";
import { pathToFileURL } from "node:url";
import { shareBrowser } from "./e2e/browser.ts";

// Runs test files in one process and one browser, one after the other:
// node --import tsx test/together.ts FILE…

shareBrowser();
for (const file of process.argv.slice(2)) {
  describe(basename(file), async () => {
    await import(pathToFileURL(file).href);
  });
}
