import { build } from "esbuild";

const [, , page] = process.argv;
await build({
  absWorkingDir: import.meta.dirname,
  entryPoints: [`src/${page}.js`],
  outdir: `dist/${page}`,
  bundle: true,
  format: "esm",
  loader: { ".wasm": "file" },
});
