import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "puppeteer-core";
import { read } from "../docs/pages.ts";
import { startBrowser } from "../e2e/browser.ts";
import { startServer, type TestServer } from "../e2e/server.ts";
import { projects } from "../packaging/project.ts";
import { install, leftOut, signsIn, start } from "./place.ts";

// The proxy of each tool's development server, as docs/getting-started.md shows it,
// with the test's server for traQ: somebody signs in at the development server's own origin.

interface Proxy {
  readonly name: string;
  readonly template: string;
  /** What the guide shows, by how it begins there, and in which file it is. */
  readonly shown: { readonly begins: string; readonly file: string };
  /** What else the project has to have, or not to have. */
  readonly prepare?: (project: string) => void;
  readonly script: string;
}

const write = (project: string, file: string, text: string): void => writeFileSync(join(project, file), text);
/** Vite's lines, which the guide shows once. */
const vite = { begins: "// vite.config.js\n", file: "proxy.js" };

const proxies: readonly Proxy[] = [
  {
    name: "webpack's development server",
    template: "webpack",
    shown: { begins: "// webpack.config.js\n", file: "webpack.config.js" },
    script: "dev -- --host 127.0.0.1",
  },
  {
    name: "Next",
    template: "next",
    shown: { begins: "// next.config.mjs\n", file: "next.config.mjs" },
    script: "dev --",
  },
  {
    name: "Nuxt",
    template: "nuxt",
    shown: { begins: "// nuxt.config.ts\n", file: "nuxt.config.ts" },
    prepare: (project) => rmSync(join(project, "nuxt.config.js")),
    script: "dev -- --host 127.0.0.1",
  },
  {
    name: "Angular",
    template: "angular",
    shown: { begins: '{ "/api/', file: "proxy.conf.json" },
    script: "start -- --host 127.0.0.1 --proxy-config proxy.conf.json",
  },
  {
    name: "SvelteKit",
    template: "sveltekit",
    shown: vite,
    prepare: (project) =>
      write(
        project,
        "vite.config.js",
        `import { sveltekit } from "@sveltejs/kit/vite";
        import shown from "./proxy.js";
        export default { ...shown, plugins: [sveltekit()] };`,
      ),
    script: "dev -- --host 127.0.0.1",
  },
  {
    name: "Astro",
    template: "astro",
    shown: vite,
    prepare: (project) =>
      write(
        project,
        "astro.config.mjs",
        `import node from "@astrojs/node";
        import vite from "./proxy.js";
        export default { output: "server", adapter: node({ mode: "standalone" }), vite };`,
      ),
    script: "dev -- --host 127.0.0.1",
  },
];

const guide = read("docs/getting-started.md");

let server: TestServer;
let browser: Browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(projects), startBrowser()]);
});
after(() => Promise.all([browser.close(), server.close()]));

for (const { name, template, shown: block, prepare, script } of proxies) {
  test(`${name} passes the API on`, { skip: leftOut(template) }, async (t) => {
    const project = install(template, server.origin);
    const { text = "" } = guide.blocks.find(({ text }) => text.startsWith(block.begins)) ?? {};
    assert.ok(text.includes("https://traq.example"), `the guide shows no ${block.begins}`);
    write(project, block.file, text.replaceAll("https://traq.example", server.origin));
    prepare?.(project);
    await server.reset();
    await server.act("token", "read", "alice", "read"); // the page's own server asks with it
    const { origin, close } = await start(project, (port) => `${script} --port ${port}`, {
      API: server.origin,
    });
    t.after(close);
    assert.equal(await signsIn(browser, `${origin}/`, 1), "alice is signed in, in 1 place");
  });
}
