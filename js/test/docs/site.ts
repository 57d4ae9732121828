// Looks at the site that TypeDoc has written, in a browser, with axe, in light and in dark:
//
//	npx tsx test/docs/site.ts ../build/docs
//
// Prints what is wrong by WCAG 2.2 AA, and fails. Whatever is loaded from elsewhere is wrong too.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { startBrowser } from "../e2e/browser.ts";

const folder = new URL(`${process.argv[2] ?? ""}/`, `file://${process.cwd()}/`);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const pages = [
  "index.html",
  "documents/docs_errors.html",
  "documents/docs_ja_getting-started.html",
  "interfaces/index.AuthClient.html",
];

const browser = await startBrowser();
const wrong: string[] = [];
try {
  const page = await browser.newPage();
  page.on("request", (request) => {
    if (!/^(?:file|data):/.test(request.url())) {
      wrong.push(`${page.url()} loads ${request.url()}`);
    }
  });
  for (const path of pages) {
    for (const theme of ["light", "dark"]) {
      await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
      await page.goto(new URL(path, folder).href);
      await page.evaluate(axe);
      const options = {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
        // TypeDoc's lists that fold have a link in what folds them; each is reached by keyboard all the same.
        rules: { "nested-interactive": { enabled: false } },
      };
      const found = (await page.evaluate(
        `axe.run(${JSON.stringify(options)}).then(({ violations }) =>
          violations.map(({ id, nodes }) => id + ": " + nodes[0].html))`,
      )) as string[];
      wrong.push(...found.map((what) => `${path}, ${theme}: ${what}`));
    }
  }
} finally {
  await browser.close();
}
console.log(wrong.join("\n"));
process.exitCode = Number(wrong.length > 0);
