import { promisify } from "node:util";
import webpack from "webpack";

const [, , page] = process.argv;
const stats = await promisify(webpack)({
  context: import.meta.dirname,
  mode: "production",
  entry: `./src/${page}.js`,
  output: { path: `${import.meta.dirname}/dist/${page}` },
});
if (stats.hasErrors()) {
  throw new Error(stats.toString("errors-warnings"));
}
