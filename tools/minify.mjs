// Minifies what esbuild has bundled once more, a twentieth smaller:
//
//   node tools/minify.mjs js/dist
//
// The members of the interfaces that the client's files have among themselves
// get short names. Not so those of the files that callers see, and those that
// the platform has too (terser knows them).
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { minify } from "../js/node_modules/terser/main.js";
import ts from "../js/node_modules/typescript/lib/typescript.js";

const sources = new URL("../js/src/", import.meta.url);
const isPublic = (file) => /^(types|errors|index|slim|messages|wasm_exec\.d)\.ts$/.test(file);

/** The names in a file that a condition holds for. */
function names(file, condition) {
  const found = [];
  const source = ts.createSourceFile(
    file,
    readFileSync(new URL(file, sources), "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  const visit = (node) => {
    if (ts.isIdentifier(node) && condition(node)) {
      found.push(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const files = readdirSync(sources).filter((file) => file.endsWith(".ts"));
const seen = new Set(files.filter(isPublic).flatMap((file) => names(file, () => true)));
// Set by the module: wasm/host_tinygo.go.
["memory", "alloc", "_initialize"].forEach((name) => seen.add(name));
const own = files
  .filter((file) => !isPublic(file))
  .flatMap((file) =>
    names(file, ({ parent }) => ts.isPropertySignature(parent) || ts.isMethodSignature(parent)),
  )
  .filter((name) => !seen.has(name));

for (const name of ["index.js", "node.js", "inline.js", "slim.js", "messages.js"]) {
  const file = `${process.argv[2]}/${name}`;
  const { code } = await minify(readFileSync(file, "utf8"), {
    module: true,
    ecma: 2020,
    compress: { passes: 3 },
    mangle: { properties: { regex: new RegExp(`^(${[...new Set(own)].join("|")})$`) } },
  });
  writeFileSync(file, code);
}
