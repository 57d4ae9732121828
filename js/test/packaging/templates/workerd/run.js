import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { Miniflare } from "miniflare";

// Bundles the worker as wrangler does, which leaves a module's import to the runtime, and
// prints what it answers, in front of an API, for a token.
const [, , API, TOKEN] = process.argv;
const modules = [];
const { outputFiles } = await build({
  entryPoints: ["src/worker.js"],
  bundle: true,
  write: false,
  format: "esm",
  conditions: ["workerd", "worker", "browser"],
  plugins: [
    {
      name: "CompiledWasm",
      setup: ({ onResolve }) =>
        onResolve({ filter: /\.wasm(\?module)?$/ }, async ({ path, resolveDir }) => {
          const name = path.replace(/\?module$/, "");
          const contents = await readFile(join(resolveDir, name));
          modules.push({ type: "CompiledWasm", path: name.replace("./", ""), contents });
          return { path: name, external: true };
        }),
    },
  ],
});
const worker = { type: "ESModule", path: "worker.js", contents: outputFiles[0].text };
const runtime = new Miniflare({
  modules: [worker, ...modules],
  // Before the runtime knew a request's cache.
  compatibilityDate: "2024-09-01",
  bindings: { API, TOKEN },
});
try {
  console.log(await (await runtime.dispatchFetch("https://worker.example/")).text());
} finally {
  await runtime.dispose();
}
