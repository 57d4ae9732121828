// What pages name has to be there: prints what is not, and fails.
//
//	npx tsx test/docs/claims.ts
//
// Links and their headings, files, `make` commands, and tests in quotation marks.

import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { plain, read, root, target, type Page } from "./pages.ts";

const text = (path: string): string => readFileSync(root + path, "utf8");
const tracked = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).trim().split("\n");
const there = (path: string): boolean => existsSync(root + path);

const wrong: string[] = [];
const found = (page: string, what: string): void => void wrong.push(`${page}: ${what}`);

/** Every page of Markdown that is committed. */
const pages = tracked.filter((path) => path.endsWith(".md") && there(path)).map(read);

function checkLinks(page: Page): void {
  for (const link of page.links) {
    const to = target(page, link);
    if (to === undefined) {
      continue;
    }
    if (!there(to.path)) {
      found(page.path, `there is no ${link}`);
    } else if (to.anchor && !read(to.path).anchors.includes(to.anchor)) {
      found(page.path, `there is no heading ${link}`);
    }
  }
}

const targets = new Set([...text("Makefile").matchAll(/^([a-z]+):/gm)].map(([, name]) => name));

/** Commands in a page's code, or in a line that a person types. */
function checkCommands(page: Page): void {
  const code = [...page.blocks.filter(({ lang }) => lang === "sh").map(({ text }) => text), ...page.spans];
  for (const [, name = ""] of code.flatMap((text) => [
    ...text.matchAll(/(?:^|&& |\n)(?:\w+=\S+ )*make ([a-z]+)/g),
  ])) {
    if (!targets.has(name)) {
      found(page.path, `there is no command make ${name}`);
    }
  }
}

const folders = new Set(tracked.filter((path) => path.includes("/")).map((path) => path.split("/")[0]));

/** Files that a page names, from the root of the repository or from where it is. */
function checkFiles(page: Page): void {
  const inCode = page.blocks.filter(({ lang }) => lang === "sh").flatMap(({ text }) => text.split(/\s+/));
  for (const name of [...page.spans, ...inCode]) {
    const path = name.replace(/^\.\//, "").replace(/\/$/, "");
    const isPath =
      /^[\w.-]+(?:\/[\w.-]+)+$/.test(path) && !path.endsWith("...") && folders.has(path.split("/")[0] ?? "");
    if (isPath && !path.startsWith("js/dist") && !there(path)) {
      found(page.path, `there is no file ${name}`);
    }
  }
}

const sources = tracked
  .filter((path) => /\.test\.ts$/.test(path))
  .map(text)
  .join("\n");
/** The tests that a table names in its last column. */
function checkTests(page: Page): void {
  const named = page.tables
    .filter(({ header }) => /^(?:test|テスト)$/.test(header.at(-1)?.text ?? ""))
    .flatMap(({ rows }) => rows.map((cells) => plain(cells.at(-1)?.tokens ?? [])))
    .flatMap((text) => [...text.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => name));
  for (const name of named) {
    if (!name.split("…").every((part) => sources.includes(part.trim()))) {
      found(page.path, `there is no test "${name}"`);
    }
  }
}

for (const page of pages) {
  checkLinks(page);
  checkCommands(page);
  checkFiles(page);
  checkTests(page);
}

console.log(wrong.join("\n"));
process.exitCode = Number(wrong.length > 0);
