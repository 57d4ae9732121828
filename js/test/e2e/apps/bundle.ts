import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { transformAsync } from "@babel/core";
import { build, type BuildOptions, type Plugin, transform } from "esbuild";
import { compile } from "svelte/compiler";
import type { Snapshot } from "../../../src/index.ts";

// The applications of this folder as their frameworks' own tools would build them for
// development, which tells more of what is wrong; of the page, and of its server.

const here = new URL("./", import.meta.url).pathname;
const inline = new URL("../../../dist/inline.js", import.meta.url).pathname;

type Side = "client" | "server";

/** Their own auth.ts is that of this folder, and the package that of the page or, on a server, as Node has it. */
const resolving = (side: Side): Plugin => ({
  name: "resolving",
  setup(build) {
    build.onResolve({ filter: /^\.\.?\/auth$/ }, () => ({ path: `${here}auth.ts` }));
    build.onResolve({ filter: /^traq-auth$/ }, () =>
      side === "client" ? { path: "/pkg/index.js", external: true } : { path: inline },
    );
  },
});

const svelte = (side: Side): Plugin => ({
  name: "svelte",
  setup(build) {
    build.onLoad({ filter: /\.svelte$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const { js } = compile(source, { generate: side, dev: true, filename: path });
      return { contents: js.code, loader: "js" };
    });
  },
});

const solid = (side: Side): Plugin => ({
  name: "solid",
  setup(build) {
    build.onLoad({ filter: /\/solid\/.*\.tsx$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const { code } = await transform(source, { loader: "tsx", jsx: "preserve" });
      const preset = [
        "babel-preset-solid",
        { generate: side === "client" ? "dom" : "ssr", hydratable: true },
      ];
      const made = await transformAsync(code, { presets: [preset], configFile: false, babelrc: false });
      return { contents: made?.code ?? "", loader: "js" };
    });
  },
});

async function bundled(entry: string, side: Side, options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [here + entry],
    bundle: true,
    ignoreAnnotations: true, // "sideEffects" of the package.json above is said of the package alone
    target: "es2022",
    jsx: "automatic",
    plugins: [resolving(side), svelte(side), solid(side)],
    logLevel: "error",
    write: false,
    ...options,
  });
  return (outputFiles?.[0] as { text: string }).text;
}

/** A page's script: that of an entry of an application, such as "react/client". */
export const pageScript = (entry: string): Promise<string> =>
  bundled(entry, "client", {
    format: "esm",
    platform: "browser",
    minify: true, // each page reads it anew
    conditions: ["development"],
    define: {
      "process.env.NODE_ENV": '"development"',
      __VUE_OPTIONS_API__: "true",
      __VUE_PROD_DEVTOOLS__: "false",
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "true",
    },
  });

/** What an application's server.ts gives. */
interface Rendering {
  readonly render: () => string | Promise<string>;
  /** What has to stand in the page's head. */
  readonly head?: string;
}

/** Gives what renders an application anew, with nothing of what was rendered before. */
export async function renderer(
  app: string,
): Promise<(rendered: Snapshot | undefined) => Promise<{ head: string; body: string }>> {
  const code = await bundled(`${app}/server`, "server", {
    format: "cjs",
    platform: "node",
    conditions: ["development"],
  });
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- each rendering has modules of its own, as a request's
  const run = new Function("require", "module", "rendered", code) as (...given: unknown[]) => void;
  return async (rendered) => {
    const module = { exports: {} };
    run(createRequire(import.meta.url), module, rendered);
    const { render, head = "" } = module.exports as Rendering;
    return { head, body: await render() };
  };
}
