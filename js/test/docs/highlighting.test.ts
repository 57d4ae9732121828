import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { paths, read, root } from "./pages.ts";

// "make docs" fails where a page has code in a language that TypeDoc was not told of.

const options = JSON.parse(readFileSync(`${root}js/typedoc.json`, "utf8")) as Record<
  "highlightLanguages" | "ignoredHighlightLanguages",
  string[]
>;
const known = new Set([...options.highlightLanguages, ...options.ignoredHighlightLanguages]);
const short: Record<string, string> = { js: "javascript", ts: "typescript", sh: "shell" };

test("typedoc.json names each language of the pages", () => {
  const wanted = paths.flatMap((path) => read(path).blocks.flatMap(({ lang }) => lang || []));
  assert.ok(wanted.length > 100);
  assert.deepEqual(
    [...new Set(wanted)].filter((lang) => !known.has(short[lang] ?? lang)),
    [],
  );
});
