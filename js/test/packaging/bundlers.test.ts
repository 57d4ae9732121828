import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import type { Browser } from "puppeteer-core";
import { startBrowser } from "../e2e/browser.ts";
import { startProgram } from "../e2e/program.ts";
import { inNewContext } from "../e2e/new-context.ts";
import { startServer, type TestServer } from "../e2e/server.ts";
import { install, modulesIn, projects, run } from "./project.ts";
import { waitFor } from "../e2e/wait.ts";

// The package in each tool and without one, from the tarball to a person who
// is signed in, in a browser.

let server: TestServer;
let browser: Browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(projects), startBrowser()]);
});
after(() => Promise.all([browser.close(), server.close()]));
beforeEach(async () => {
  await server.reset();
  await server.act("client", "the-app", `${server.origin}/_test/blank`, "read");
});

/** Opens a page as somebody new, waits until it signs in, and gives the types of the modules that it fetched. */
function signsIn(address: string): Promise<string[]> {
  return inNewContext(browser, async (page, thrown) => {
    const fetched: string[] = [];
    page.on("response", (response) => {
      if (/\.wasm(\?|$)/.test(response.url())) {
        fetched.push(response.headers()["content-type"] ?? "");
      }
    });
    await page.goto(address);
    const shown = (): Promise<string> => page.evaluate(() => document.body.innerText.trim());
    const text = await waitFor(page, () => document.body.innerText.trim()).then(shown, String);
    assert.equal(text, "alice is signed in, in 1 place", thrown.join("\n"));
    return fetched;
  });
}

/** Builds one of a project's pages, and gives the folder. */
function build(project: string, page: string): string {
  run(project, "build.js", page);
  const folder = join(project, "dist", page);
  const has = (file: string): boolean => existsSync(join(folder, file));
  const script = has(`${page}.js`) ? page : "main"; // webpack calls every one so
  const html = `<!doctype html><link rel="icon" href="data:,"><body><script type="module" src="${script}.js"></script>`;
  // Vite has built the page itself.
  writeFileSync(
    join(folder, "index.html"),
    has(`${page}.html`) ? readFileSync(join(folder, `${page}.html`)) : html,
  );
  return folder;
}

const addressOf = (folder: string): string => `${server.origin}/pkg/${folder.slice(projects.length + 1)}/`;

/** A tool's configuration as the guide shows it, with the test's server for traQ. */
function shownConfig(name: string): string {
  const guide = readFileSync(new URL("../../../docs/getting-started.md", import.meta.url), "utf8");
  const block = guide.split("```").find((block) => block.startsWith(`js\n// ${name}\n`)) ?? "";
  assert.ok(block.includes("https://traq.example"), `the guide shows no ${name}`);
  return block.slice(3).replaceAll("https://traq.example", server.origin);
}

/** The line that the guide has Vite's index.html preload the module with. */
function shownPreload(): string {
  const guide = readFileSync(new URL("../../../docs/performance.md", import.meta.url), "utf8");
  const line = /^<link rel="preload" href="\/node_modules\/.*$/m.exec(guide)?.[0];
  assert.ok(line, "the guide shows no such line");
  return line;
}

async function preloads(project: string): Promise<void> {
  const html = readFileSync(join(project, "main.html"), "utf8");
  writeFileSync(join(project, "preload.html"), html.replace("<script", `${shownPreload()}\n<script`));
  const folder = build(project, "preload");
  const [module = "", ...others] = modulesIn(folder);
  assert.deepEqual(others, []);
  const built = readFileSync(join(folder, "index.html"), "utf8");
  assert.ok(built.includes(`"./${module}" as="fetch"`), module);
  assert.deepEqual(await signsIn(addressOf(folder)), ["application/wasm"]);
}

interface Bundler {
  readonly name: string;
  /** The project's own first. */
  readonly templates: readonly [string, ...string[]];
  readonly workers?: boolean;
  readonly vite?: boolean;
}

const bundlers: readonly Bundler[] = [
  { name: "Vite 5", templates: ["vite5", "vite"], workers: true, vite: true },
  { name: "Vite 6", templates: ["vite6", "vite"], workers: true, vite: true },
  { name: "Vite 7", templates: ["vite7", "vite"], workers: true, vite: true },
  { name: "Vite 8", templates: ["vite8", "vite"], workers: true, vite: true },
  { name: "webpack 5", templates: ["webpack"], workers: true },
  { name: "Rspack", templates: ["rspack"], workers: true },
  { name: "Parcel", templates: ["parcel"], workers: true },
  { name: "esbuild", templates: ["esbuild"] },
  { name: "Rollup", templates: ["rollup"] },
];

for (const { name, templates, workers, vite } of bundlers) {
  test(name, async (t) => {
    const project = install(...templates);
    await t.test(`${name} emits the module, and a page signs in`, async () => {
      const folder = build(project, "main");
      assert.equal(modulesIn(folder).length, 1);
      assert.deepEqual(await signsIn(addressOf(folder)), ["application/wasm"]);
    });
    await server.reset();
    await t.test(`${name} emits none with traq-auth/inline`, async () => {
      const folder = build(project, "inline");
      assert.deepEqual(modulesIn(folder), []);
      assert.deepEqual(await signsIn(addressOf(folder)), []);
    });
    await t.test(`${name} emits the module of traq-auth/oauth2, and a page signs in`, async () => {
      const folder = build(project, "oauth2");
      assert.equal(modulesIn(folder).length, 1);
      assert.deepEqual(await signsIn(addressOf(folder)), ["application/wasm"]);
    });
    await t.test(`${name} emits none with traq-auth/oauth2/inline`, async () => {
      const folder = build(project, "oauth2-inline");
      assert.deepEqual(modulesIn(folder), []);
      assert.deepEqual(await signsIn(addressOf(folder)), []);
    });
    if (workers) {
      await server.reset();
      await t.test(`${name} emits the module for a worker`, async () => {
        const folder = build(project, "page");
        assert.equal(modulesIn(folder).length, 1);
        assert.deepEqual(await signsIn(addressOf(folder)), ["application/wasm"]);
      });
    }
    if (vite) {
      await server.reset();
      await t.test(`${name} emits what the page preloads as the module, which is downloaded once`, () =>
        preloads(project),
      );
      await server.reset();
      await t.test(`${name} builds for a server, which renders a page that signs in`, async () => {
        const head = run(project, "render.js", server.origin).trim();
        assert.equal(head, "<title>unknown, at traQ v3.28.4</title>");
        const page = join(build(project, "main"), "index.html");
        writeFileSync(page, readFileSync(page, "utf8").replace("<body>", `${head}<body>`));
        assert.deepEqual(await signsIn(addressOf(dirname(page))), ["application/wasm"]);
      });
      writeFileSync(join(project, "vite.config.js"), shownConfig("vite.config.js"));
      const { started, close } = await startProgram(process.execPath, [join(project, "serve.js")]);
      t.after(close);
      // With the module inside: there is nothing to configure.
      for (const page of ["main", "inline", "page"]) {
        await server.reset();
        await t.test(`${name} serves ${page}.html while it is developed`, async () => {
          assert.deepEqual(await signsIn(`${started["origin"] ?? ""}/${page}.html`), []);
        });
      }
    }
  });
}

test("without a tool", async (t) => {
  const project = install("alone");
  for (const [page, what] of [
    ["main", "a plain page signs in, by an import map"],
    ["inline", "a plain page signs in with traq-auth/inline, and fetches no module"],
    ["page", "a worker signs in"],
    ["oauth2", "a plain page signs in by OAuth2, by an import map"],
    ["oauth2-inline", "a plain page signs in with traq-auth/oauth2/inline, and fetches no module"],
  ] as const) {
    await t.test(what, async () => {
      const modules = page.endsWith("inline") ? [] : ["application/wasm"];
      assert.deepEqual(await signsIn(`${addressOf(project)}${page}.html`), modules);
    });
  }
});
