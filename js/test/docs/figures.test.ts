import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { type Measured, notMeasured, notWeighed } from "./figures.ts";
import { paths, read, root } from "./pages.ts";

const bench = `${root}build/bench.json`;

/** What is built, as brotli has it. */
const weigh = (...files: string[]): number =>
  files.reduce((sum, file) => sum + brotliCompressSync(readFileSync(`${root}js/dist/${file}`)).length, 0);

test(
  "pages tell what was measured last",
  { skip: !existsSync(bench) && "nothing is measured here: make bench" },
  () => {
    const measured = JSON.parse(readFileSync(bench, "utf8")) as Measured;
    const sizes = [
      weigh("index.js", "traq-auth.wasm"),
      weigh("oauth2.js", "traq-auth-oauth2.wasm"),
      weigh("inline.js"),
      weigh("oauth2-inline.js"),
      ...Object.values(measured.size.peers).map(({ brotli }) => brotli),
    ];
    const wrong = paths
      .map(read)
      .flatMap((page) => [
        ...notWeighed(page, sizes).map((what) => `${page.path}: ${what}`),
        ...(/README|performance/.test(page.path)
          ? notMeasured(page, measured).map((what) => `${page.path}: ${what}`)
          : []),
      ]);
    assert.deepEqual(wrong, []);
  },
);
