import { build, type BuildOptions } from "esbuild";

const here = new URL("./", import.meta.url).pathname;

/** Bundles a script of pages/ to be run in a page as it is. */
export const pageScript = (name: string): Promise<string> =>
  bundled({ entryPoints: [`${here}pages/${name}.ts`] });

/** Bundles the package with the module inside, as what sets the global variable traqAuth. */
export const packageScript = (): Promise<string> =>
  bundled({
    entryPoints: [`${here}../../dist/inline.js`],
    globalName: "traqAuth",
    footer: { js: "globalThis.traqAuth = traqAuth;" }, // of a strict script's, which eval keeps to itself
  });

/** Bundles an application of coming-over/, as what sets the global variable application. */
export const applicationScript = (name: string): Promise<string> =>
  bundled({
    entryPoints: [`${here}coming-over/${name}.ts`],
    alias: { "traq-auth": `${here}../../dist/inline.js` },
    globalName: "application",
    footer: { js: "globalThis.application = application;" },
  });

async function bundled(options: BuildOptions): Promise<string> {
  const { outputFiles } = await build({
    ...options,
    bundle: true,
    format: "iife",
    platform: "browser",
    external: ["/pkg/*"],
    target: "es2022",
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "error",
    write: false,
  });
  return (outputFiles[0] as { text: string }).text;
}
