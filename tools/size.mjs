// Prints what a page loads of the package, and fails over the budget:
// node tools/size.mjs js/dist
import { readFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** All that a page loads, brotli -11, in bytes. */
const budget = 22_480;

const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }).length;

const total = ["total", 0, 0, 0];
const rows = ["index.js", "traq-auth.wasm"].map((file) => {
  const bytes = readFileSync(`${process.argv[2]}/${file}`);
  const row = [file, bytes.length, gzipSync(bytes, { level: 9 }).length, brotli(bytes)];
  row.slice(1).forEach((n, i) => (total[i + 1] += n));
  return row;
});
for (const row of [["bytes", "raw", "gzip -9", "brotli -11"], ...rows, total]) {
  console.log(row.map((cell, i) => (i ? String(cell).padStart(12) : cell.padEnd(16))).join(""));
}
if (total[3] > budget) {
  console.error(`over the budget of ${budget} bytes`);
  process.exit(1);
}
