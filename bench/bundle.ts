import { cp, readFile, writeFile } from "node:fs/promises";
import { brotliCompressSync } from "node:zlib";
import { build } from "esbuild";

const root = new URL("../", import.meta.url);

/** The address of what lies at a path of the repository. */
export const file = (path: string): URL => new URL(path, root);

// One line for all, as for the package itself: --bundle --minify --format=esm --target=es2020.
const options = { bundle: true, minify: true, format: "esm", target: "es2020", logLevel: "warning" } as const;

/** Bundles clients/ for the pages, ours with their modules beside them. */
export async function bundleClients(names: readonly string[]): Promise<void> {
  await build({
    ...options,
    entryPoints: names.map((name) => file(`bench/clients/${name}.ts`).pathname),
    alias: {
      "traq-auth/inline": file("js/dist/inline.js").pathname,
      "traq-auth/oauth2": file("js/dist/oauth2.js").pathname,
      "traq-auth": file("js/dist/index.js").pathname,
    },
    outdir: file("build/bench/clients").pathname,
  });
  for (const module of ["traq-auth.wasm", "traq-auth-oauth2.wasm"]) {
    await cp(file(`js/dist/${module}`), file(`build/bench/clients/${module}`));
  }
}

/** Compresses files that clients load, each beside itself, as a server has them ready. */
export async function compress(names: Iterable<string>): Promise<void> {
  for (const name of names) {
    const path = file(`build/bench/clients/${name}`);
    await writeFile(new URL(`${path.href}.br`), brotliCompressSync(await readFile(path)));
  }
}

/** Bundles what a name of a package stands for. */
export async function bundleExport(name: string, from: string): Promise<Uint8Array> {
  const { outputFiles } = await build({
    ...options,
    stdin: { contents: `export { ${name} } from "${from}";`, resolveDir: file("bench").pathname },
    write: false,
  });
  return (outputFiles[0] as (typeof outputFiles)[number]).contents;
}
