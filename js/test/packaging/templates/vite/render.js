import { build } from "vite";

// Builds what runs on a server, and prints what it renders.
const [, , api] = process.argv;
await build({
  root: import.meta.dirname,
  logLevel: "warn",
  build: { ssr: "src/render.js", outDir: "dist/server" },
});
const { render } = await import("./dist/server/render.js");
console.log(await render(api));
