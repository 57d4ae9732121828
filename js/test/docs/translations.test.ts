import assert from "node:assert/strict";
import { test } from "node:test";
import type { Tokens } from "marked";
import { original, paths, plain, read, target, type Page } from "./pages.ts";

// A page and its translation show the same code, the same tables and lead to the same places.

/** A block of code without its comments, which are translated. */
const code = ({ lang, text }: Tokens.Code): string =>
  `${lang ?? ""}\n${text.replace(/ *(?:\/\/ |# ).*$/gm, "").replace(/([「」（）]|[^\x00-\x7F])+/g, "…")}`;

/** What no language changes of a table: its size, its alignment, its figures, and what its first column calls things. */
const table = ({ align, header, rows }: Tokens.Table): unknown => ({
  align,
  columns: header.length,
  rows: rows.map((cells) =>
    cells.map(({ tokens }, column) => {
      const names = tokens.filter((token) => token.type === "codespan").map(({ raw }) => raw);
      const text = plain(tokens);
      return /^[\d.,]+$/.test(text)
        ? text
        : column === 0
          ? names.filter((name) => /^[\x00-\x7F]*$/.test(name)).sort()
          : "";
    }),
  ),
});

/** Where a page's links lead, for any language. */
function places(page: Page): string[] {
  const place = (link: string): string => {
    const to = target(page, link);
    if (to === undefined) {
      return link;
    }
    const heading = to.anchor && read(to.path).anchors.indexOf(to.anchor);
    return `${original(to.path)}#${String(heading)}`;
  };
  return page.links.map(place).sort();
}

const translated = paths.filter((path) => path !== original(path));

test("there are translations", () => {
  for (const name of ["getting-started", "errors", "oauth2"]) {
    assert.ok(translated.includes(`docs/ja/${name}.md`), name);
  }
});

for (const path of translated) {
  const [page, translation] = [read(original(path)), read(path)];
  test(`${path} shows the code of ${page.path}`, () => {
    assert.deepEqual(translation.blocks.map(code), page.blocks.map(code));
  });
  test(`${path} has the tables of ${page.path}`, () => {
    assert.deepEqual(translation.tables.map(table), page.tables.map(table));
  });
  test(`${path} leads to where ${page.path} does`, () => {
    assert.deepEqual(places(translation), places(page));
  });
}

for (const path of paths) {
  const most = path.startsWith("README") ? 200 : 150;
  test(`${path} is at most ${most} lines long`, () => {
    const { lines } = read(path);
    assert.ok(lines <= most, `it has ${lines}`);
  });
}
