import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "puppeteer-core";
import { read } from "../docs/pages.ts";
import { startBrowser } from "../e2e/browser.ts";
import { startServer, type TestServer } from "../e2e/server.ts";
import { waitFor } from "../e2e/wait.ts";
import { installPlace, projects } from "../packaging/project.ts";
import { start, writeSession } from "./place.ts";

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
  /** The file by which its server asks who is signed in, where its pages do. */
  readonly session?: string;
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
    session: "app/session.ts",
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
    session: "src/lib/session.ts",
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

const chosen = process.env["PLACES"]?.split(" ") ?? proxies.map(({ template }) => template);
const guide = read("docs/getting-started.md");

let server: TestServer;
let browser: Browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(projects), startBrowser()]);
});
after(() => Promise.all([browser.close(), server.close()]));

/** Opens a page as somebody new, and gives what it shows when somebody has signed in, or what went wrong. */
async function shown(address: string): Promise<string> {
  const context = await browser.createBrowserContext();
  const wrong: string[] = [];
  try {
    const page = await context.newPage();
    page.on("pageerror", (error) => wrong.push(String(error)));
    page.on("console", (message) => wrong.push(message.text()));
    await page.goto(address, { timeout: 120_000 });
    const text = (): string => document.querySelector("#signed-in")?.textContent ?? "";
    await waitFor(page, text);
    return await page.evaluate(text);
  } catch (error) {
    return [...wrong, String(error)].join("\n");
  } finally {
    await context.close();
  }
}

for (const { name, template, shown: block, prepare, session, script } of proxies) {
  test(`${name} passes the API on`, { skip: !chosen.includes(template) && "not in PLACES" }, async (t) => {
    const project = installPlace(template);
    const { text = "" } = guide.blocks.find(({ text }) => text.startsWith(block.begins)) ?? {};
    assert.ok(text.includes("https://traq.example"), `the guide shows no ${block.begins}`);
    write(project, block.file, text.replaceAll("https://traq.example", server.origin));
    prepare?.(project);
    if (session !== undefined) {
      writeSession(project, session, server.origin);
    }
    await server.reset();
    await server.act("token", "read", "alice", "read"); // the page's own server asks with it
    const { origin, close } = await start(project, (port) => `${script} --port ${port}`, {
      API: server.origin,
    });
    t.after(close);
    assert.equal(await shown(`${origin}/`), "alice is signed in, in 1 place");
  });
}
