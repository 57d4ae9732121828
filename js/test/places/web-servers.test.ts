import assert from "node:assert/strict";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "puppeteer-core";
import { read } from "../docs/pages.ts";
import { startBrowser } from "../e2e/browser.ts";
import { startServer, type TestServer } from "../e2e/server.ts";
import { projects } from "../packaging/project.ts";
import { build, install, leftOut, signsIn, startCommand } from "./place.ts";

// The web servers of docs/web-servers.md, with what the page shows: each serves an
// application that webpack has built, and somebody signs in there.

interface WebServer {
  readonly name: string;
  readonly lang: string;
  /** Of what the page shows, the configuration of a server at a port. */
  readonly configuration: (shown: string, folder: string, port: number) => string;
  readonly command: (file: string, folder: string) => readonly string[];
}

const webServers: readonly WebServer[] = [
  {
    name: "nginx",
    lang: "nginx",
    configuration: (shown, folder, port) => `
      user root; # of whose folder the application is, where root runs this
      daemon off;
      pid ${folder}/nginx.pid;
      error_log stderr;
      events {}
      http {
        include /etc/nginx/mime.types;
        access_log off;
        client_body_temp_path ${folder}/body;
        proxy_temp_path ${folder}/proxy;
        server {
          listen 127.0.0.1:${port};
          ${shown}
        }
      }`,
    command: (file, folder) => ["nginx", "-e", "stderr", "-p", folder, "-c", file],
  },
  {
    name: "Caddy",
    lang: "caddyfile",
    configuration: (shown, _, port) =>
      `{\n\tadmin off\n}\n${shown}`.replace("app.example", `http://127.0.0.1:${port}`),
    command: (file) => ["caddy", "run", "--adapter", "caddyfile", "--config", file],
  },
];

const guide = read("docs/web-servers.md");

let server: TestServer;
let browser: Browser;
let application = "";
before(async () => {
  [server, browser] = await Promise.all([startServer(projects), startBrowser()]);
  if (!leftOut("webpack")) {
    const project = install("webpack", server.origin);
    build(project, "build", {});
    application = join(project, "dist");
    cpSync(join(project, "public"), application, { recursive: true });
  }
});
after(() => Promise.all([browser.close(), server.close()]));

for (const { name, lang, configuration, command } of webServers) {
  test(`${name} serves the application and passes the API on`, { skip: leftOut("webpack") }, async (t) => {
    const { text = "" } = guide.blocks.find((block) => block.lang === lang) ?? {};
    assert.ok(text.includes("https://traq.example"), `the page shows nothing of ${name}`);
    const shown = text.replace("https://traq.example", server.origin).replace("/srv/app", application);
    const folder = join(projects, lang);
    mkdirSync(folder);
    const file = join(folder, "configuration");
    await server.reset();
    const { origin, close } = await startCommand(
      (port) => {
        writeFileSync(file, configuration(shown, folder, port));
        return command(file, folder);
      },
      folder,
      {},
    );
    t.after(close);
    // A page of the application's own router, too.
    for (const path of ["/", "/settings"]) {
      assert.equal(
        await signsIn(browser, `${origin}${path}`, 1),
        `alice is signed in, in ${path === "/" ? 1 : 2} place`,
      );
    }
    const api = await fetch(`${origin}/api/v3/users/me`);
    assert.equal(api.status, 401, "it is traQ that answers");
    const external = await fetch(`${origin}/api/auth/nowhere`, { redirect: "manual" });
    assert.doesNotMatch(await external.text(), /<!doctype/i, "not the application");
    const compressed = await fetch(`${origin}/main.js`);
    assert.equal(compressed.headers.get("Content-Encoding"), "gzip");
  });
}
