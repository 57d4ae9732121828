// Minifies what esbuild has bundled once more, a thirtieth smaller:
//
//   node tools/minify.mjs js/dist
import { readFileSync, writeFileSync } from "node:fs";
import { minify } from "../js/node_modules/terser/main.js";

for (const name of ["index.js", "node.js", "inline.js", "slim.js", "messages.js"]) {
  const file = `${process.argv[2]}/${name}`;
  const { code } = await minify(readFileSync(file, "utf8"), {
    module: true,
    ecma: 2020,
    compress: { passes: 3 },
  });
  writeFileSync(file, code);
}
