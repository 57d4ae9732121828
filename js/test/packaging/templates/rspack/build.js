import { promisify } from "node:util";
import { rspack } from "@rspack/core";

const [, , page] = process.argv;
const stats = await promisify(rspack)({
  context: import.meta.dirname,
  mode: "production",
  entry: `./src/${page}.js`,
  output: { path: `${import.meta.dirname}/dist/${page}` },
});
if (stats.hasErrors()) {
  throw new Error(stats.toString("errors-warnings"));
}
