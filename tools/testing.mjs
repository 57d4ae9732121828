// What is done to js/testing/dist once it is built:
//
//	node tools/testing.mjs types   leaves the declarations that people see, and copies them for CommonJS
//	node tools/testing.mjs size    prints how large the package is
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const dist = "js/testing/dist";

const does = {
  types() {
    const shown = ["index.d.ts", "types.d.ts"];
    mkdirSync(`${dist}/cjs`, { recursive: true });
    for (const file of readdirSync(dist).filter((file) => file.endsWith(".d.ts"))) {
      if (shown.includes(file)) {
        cpSync(`${dist}/${file}`, `${dist}/cjs/${file}`);
      } else {
        rmSync(`${dist}/${file}`);
      }
    }
  },
  size() {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 };
    console.log("traq-auth-testing                raw     gzip -9   brotli -9");
    for (const file of ["index.js", "traq-auth-testing.wasm"]) {
      const bytes = readFileSync(`${dist}/${file}`);
      const sizes = [bytes, gzipSync(bytes, { level: 9 }), brotliCompressSync(bytes, { params })];
      console.log(file.padEnd(24) + sizes.map(({ length }) => String(length).padStart(12)).join(""));
    }
  },
};
does[process.argv[2]]();
