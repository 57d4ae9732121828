// Prints what a page loads of the package. Over the budget it fails, and prints
// what has grown since the parts were last written down:
//
//   node tools/size.mjs js/dist            after make build
//   node tools/size.mjs js/dist --write    writes the parts to tools/size.json
import { readFileSync, writeFileSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { readFunctions } from "./wasm-functions.mjs";

const [folder, write] = process.argv.slice(2);
const noted = new URL("size.json", import.meta.url);

const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 11,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  }).length;

// What a page loads of each client, and the names of its module's functions.
const clients = [
  { name: "traq-auth", files: ["index.js", "traq-auth.wasm"], named: "named.wasm" },
  {
    name: "traq-auth/oauth2",
    files: ["oauth2.js", "traq-auth-oauth2.wasm"],
    named: "named-oauth2.wasm",
  },
];

/** Prints what a client's files weigh, and returns that as brotli. */
function weigh({ name, files }) {
  const total = ["total", 0, 0, 0];
  const rows = files.map((file) => {
    const bytes = readFileSync(`${folder}/${file}`);
    const row = [file, bytes.length, gzipSync(bytes, { level: 9 }).length, brotli(bytes)];
    row.slice(1).forEach((n, i) => (total[i + 1] += n));
    return row;
  });
  for (const row of [[name, "raw", "gzip -9", "brotli -11"], ...rows, total]) {
    console.log(row.map((cell, i) => (i ? String(cell).padStart(12) : cell.padEnd(24))).join(""));
  }
  return total[3];
}

/** Raw bytes by JavaScript file and, of the module's code, by Go package. */
function parts({ files: [script], named }) {
  const sizes = {};
  const add = (name, bytes) => (sizes[name] = (sizes[name] ?? 0) + bytes);
  const { outputs } = JSON.parse(
    readFileSync(`build/tools/sources-${script.replace(".js", "")}-tinygo.json`, "utf8"),
  );
  const [, { inputs }] = Object.entries(outputs).find(([file]) => file.endsWith(`/${script}`));
  for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
    add(file, bytesInOutput);
  }
  const { functions, data } = readFunctions(readFileSync(`build/tools/${named}`));
  add("module: data", data);
  for (const [name, code] of functions) {
    // (*github.com/a/b.Type).method, github.com/a/b.function[…], b.function
    const [, pkg = "runtime"] = /^(?:interface:.*|\(?\*?((?:[\w.-]+\/)*\w+)\..*)$/.exec(name) ?? [];
    add(`module: ${pkg.replace("github.com/traq-auth/traq-auth/", "")}`, code.length);
  }
  return sizes;
}

const before = JSON.parse(readFileSync(noted, "utf8"));
const now = {};
for (const client of clients) {
  const { budget, parts: old } = before[client.name] ?? { budget: 0, parts: {} };
  const bytes = weigh(client);
  const sizes = parts(client);
  now[client.name] = { budget, parts: Object.fromEntries(Object.entries(sizes).sort()) };
  if (write !== "--write" && bytes > budget) {
    console.error(`\nover the budget of ${budget} bytes (brotli -11). What has grown, in raw bytes:`);
    const grown = Object.entries(sizes)
      .map(([name, size]) => [name, size - (old[name] ?? 0), size])
      .filter(([, growth]) => growth > 0)
      .sort((a, b) => b[1] - a[1]);
    for (const [name, growth, size] of grown) {
      console.error(`${name.padEnd(40)} +${growth} to ${size}`);
    }
    process.exitCode = 1;
  }
}
if (write === "--write") {
  writeFileSync(noted, `${JSON.stringify(now, null, 2)}\n`);
}
