// Writes llms.txt (https://llmstxt.org), a list of the pages for programs that read them, and
// llms-full.txt, all of them in one, with the types:
//
//	node tools/llms.mjs build/docs
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { absolute, home } from "./absolute.mjs";

const [folder] = process.argv.slice(2);
const read = (path) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
const link = (path) => `${home}/blob/main/${path}`;

const readme = read("README.md");
const [, title, summary] = /^# (.+)\n\n\[.*\n\n([^]+?)\n\n/.exec(readme);
/** What README's table leads to, and for whom each page is. */
const items = [...readme.matchAll(/^\| ([^|]+) \| (\[[^|]+) \|$/gm)].flatMap(([, wish, links]) =>
  [...links.matchAll(/\[([^\]]+)\]\(([^)]+\.md)\)/g)].map(([, name, path]) => ({ name, path, wish })),
);
// Without the lines that lead to the translations.
const pages = ["README.md", ...new Set(items.map(({ path }) => path))].map((path) =>
  absolute(read(path).replace(/^\[日本語\].*\n\n/m, ""), path),
);
const types = [
  "js/src/client-types.ts",
  "js/src/option-types.ts",
  "js/src/types.ts",
  "js/src/oauth2/types.ts",
  "js/src/errors.ts",
];

mkdirSync(folder, { recursive: true });
writeFileSync(
  join(folder, "llms.txt"),
  `# ${title}

> ${summary.replaceAll("\n", " ").replace(/\[([^\]]+)\]\([^)]*\)/g, "$1")}

## Guides

${items.map(({ name, path, wish }) => `- [${name}](${link(path)}): to ${wish}`).join("\n")}

## Reference

${types.map((path) => `- [${path}](${link(path)})`).join("\n")}
`,
);
writeFileSync(
  join(folder, "llms-full.txt"),
  [...pages, ...types.map((path) => `# ${path}\n\n\`\`\`ts\n${read(path)}\`\`\`\n`)].join("\n---\n\n"),
);
