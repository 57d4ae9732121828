// Prints what a page loads of the package. Over the budget it fails, and prints
// what has grown since the parts were last written down:
//
//   node tools/size.mjs js/dist            after make build
//   node tools/size.mjs js/dist --write    writes the parts to tools/size.json
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { functionSizes } from "./wasm-names.mjs";

const [folder, write] = process.argv.slice(2);
const noted = new URL("size.json", import.meta.url);

const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }).length;

const total = ["total", 0, 0, 0];
const rows = ["index.js", "traq-auth.wasm"].map((file) => {
  const bytes = readFileSync(`${folder}/${file}`);
  const row = [file, bytes.length, gzipSync(bytes, { level: 9 }).length, brotli(bytes)];
  row.slice(1).forEach((n, i) => (total[i + 1] += n));
  return row;
});
for (const row of [["bytes", "raw", "gzip -9", "brotli -11"], ...rows, total]) {
  console.log(row.map((cell, i) => (i ? String(cell).padStart(12) : cell.padEnd(16))).join(""));
}

/** Raw bytes by JavaScript file and, of the module's code, by Go package. */
function parts() {
  const sizes = {};
  const add = (name, bytes) => (sizes[name] = (sizes[name] ?? 0) + bytes);
  const { outputs } = JSON.parse(readFileSync("build/tools/sources-tinygo.json", "utf8"));
  const [, { inputs }] = Object.entries(outputs).find(([file]) => file.endsWith("/index.js"));
  for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
    add(file, bytesInOutput);
  }
  const { functions, data } = functionSizes(readFileSync("build/tools/named.wasm"));
  add("module: data", data);
  for (const [name, bytes] of functions) {
    // (*github.com/a/b.Type).method, github.com/a/b.function[…], b.function
    const [, pkg = "runtime"] = /^(?:interface:.*|\(?\*?((?:[\w.-]+\/)*\w+)\..*)$/.exec(name) ?? [];
    add(`module: ${pkg.replace("github.com/traq-auth/traq-auth/", "")}`, bytes);
  }
  return sizes;
}

const { budget, parts: before } = JSON.parse(readFileSync(noted, "utf8"));
if (write === "--write") {
  const sorted = Object.fromEntries(Object.entries(parts()).sort());
  writeFileSync(noted, `${JSON.stringify({ budget, parts: sorted }, null, 2)}\n`);
} else if (total[3] > budget) {
  console.error(`\nover the budget of ${budget} bytes (brotli -11). What has grown, in raw bytes:`);
  const grown = Object.entries(parts())
    .map(([name, bytes]) => [name, bytes - (before[name] ?? 0), bytes])
    .filter(([, growth]) => growth > 0)
    .sort((a, b) => b[1] - a[1]);
  for (const [name, growth, bytes] of grown) {
    console.error(`${name.padEnd(40)} +${growth} to ${bytes}`);
  }
  process.exit(1);
}
