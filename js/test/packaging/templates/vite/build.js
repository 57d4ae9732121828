import { build } from "vite";

// Takes vite.config.js, too; of each page a build of its own.
const [, , page] = process.argv;
await build({
  root: import.meta.dirname,
  base: "./",
  logLevel: "warn",
  build: { outDir: `dist/${page}`, rollupOptions: { input: `${page}.html` } },
});
