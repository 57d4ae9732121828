import { mkdirSync } from "node:fs";
import { basename } from "node:path";
import { describe } from "node:test";
import { pathToFileURL } from "node:url";
import { shareBrowser } from "./e2e/browser.ts";

// Runs test files in one process and one browser, one after the other, but for those
// that another process has taken: node --import tsx test/together.ts TAKEN FILE…
// TAKEN is a folder in which each file that is taken has one of its name.

const [, , taken = "", ...files] = process.argv;

function take(file: string): boolean {
  try {
    mkdirSync(`${taken}/${basename(file)}`);
    return true;
  } catch {
    return false;
  }
}

const closeBrowser = shareBrowser();
for (const file of files) {
  if (take(file)) {
    await describe(basename(file), async () => {
      await import(pathToFileURL(file).href);
    });
  }
}
await closeBrowser();
