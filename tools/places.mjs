// Adds to the built package what tools need that read no "exports", and those that require it:
//
//	node tools/places.mjs js
//
// Of each entry a folder with a package.json that leads to its files, and of the types a
// copy for CommonJS, since TypeScript takes each for what its package.json says.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, relative } from "node:path";

const root = process.argv[2];
const write = (file, contents) => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(contents, null, 2)}\n`);
};

const { exports } = JSON.parse(readFileSync(`${root}/package.json`, "utf8"));
for (const [entry, { require, default: esm }] of Object.entries(exports)) {
  if (require?.default && entry !== ".") {
    const to = (file) => relative(entry, file);
    write(`${root}/${entry}/package.json`, {
      private: true,
      main: to(require.default),
      module: to(esm),
      types: to(require.types),
    });
  }
}

// What the import of a module's file gives depends on the tool: all of it is taken.
writeFileSync(
  `${root}/dist/wasm.d.ts`,
  'import type { WasmSource } from "./option-types.js";\ndeclare const module: WasmSource;\nexport default module;\n',
);
for (const name of [
  ...["index", "slim", "messages", "client", "client-types", "errors", "types", "option-types", "wasm"],
  ...["oauth2", "oauth2-slim", "oauth2/client", "oauth2/types"],
]) {
  cpSync(`${root}/dist/${name}.d.ts`, `${root}/dist/cjs/${name}.d.ts`);
}
write(`${root}/dist/cjs/package.json`, { type: "commonjs" });
