import { nodeResolve } from "@rollup/plugin-node-resolve";
import { importMetaAssets } from "@web/rollup-plugin-import-meta-assets";
import { rollup } from "rollup";

const [, , page] = process.argv;
process.chdir(import.meta.dirname);
const bundle = await rollup({
  input: `src/${page}.js`,
  plugins: [nodeResolve(), importMetaAssets()],
});
await bundle.write({ dir: `dist/${page}` });
