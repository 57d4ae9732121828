import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import type { Browser } from "puppeteer-core";
import { read } from "../docs/pages.ts";
import { startBrowser } from "../e2e/browser.ts";
import { startServer, type TestServer } from "../e2e/server.ts";
import { projects } from "../packaging/project.ts";
import { listen, type Running } from "../packaging/running.ts";
import { build, install, leftOut, signsIn, startCommand } from "./place.ts";

// The web servers of docs/web-servers.md, with what the page shows: each serves an
// application that webpack has built, or passes it on to a server that does, and
// somebody signs in there.

interface WebServer {
  readonly name: string;
  readonly lang: string;
  /** Puts a server of one's own into what the page shows first, by what else it shows. */
  readonly passingOn: (first: string, page: string) => string;
  /** Of what the page shows, the configuration of a server at a port. */
  readonly configuration: (shown: string, folder: string, port: number) => string;
  readonly command: (file: string, folder: string) => readonly string[];
}

const webServers: readonly WebServer[] = [
  {
    name: "nginx",
    lang: "nginx",
    passingOn: (first, page) => {
      const [own = ""] = /^location \/ \{\n  proxy_pass [^}]*\}\n/m.exec(page) ?? [];
      return first.replace(/^location \/ \{[^}]*\}\n/m, own);
    },
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
    passingOn: (first, page) => {
      const [, own = ""] = /`(reverse_proxy 127[^`]*)`/.exec(page) ?? [];
      return first.replace(/(\thandle \{\n)[^]*?(\n\t\})/, `$1\t\t${own}$2`);
    },
    configuration: (shown, _, port) =>
      `{\n\tadmin off\n}\n${shown}`.replace("app.example", `http://127.0.0.1:${port}`),
    command: (file) => ["caddy", "run", "--adapter", "caddyfile", "--config", file],
  },
];

const guide = read("docs/web-servers.md");

let server: TestServer;
let browser: Browser;
let application = "";
let own: Running;
before(async () => {
  [server, browser] = await Promise.all([startServer(projects), startBrowser()]);
  if (!leftOut("webpack")) {
    const project = install("webpack", server.origin);
    build(project, "build", {});
    application = join(project, "dist");
    cpSync(join(project, "public"), application, { recursive: true });
  }
  own = await listen(
    createServer(({ url = "/" }, answer) => {
      const file = url !== "/" && existsSync(join(application, url)) ? url : "/index.html";
      const types: Record<string, string> = { ".html": "text/html", ".wasm": "application/wasm" };
      answer.setHeader("Content-Type", types[extname(file)] ?? "text/javascript");
      answer.end(readFileSync(join(application, file)));
    }),
  );
});
after(() => Promise.all([browser.close(), server.close(), own.close()]));

const ways = webServers.flatMap((one) => [
  { ...one, does: "serves the application and passes the API on", isOwn: false },
  { ...one, does: "passes the API on, and all else to a server of one's own", isOwn: true },
]);
for (const { name, lang, passingOn, configuration, command, does, isOwn } of ways) {
  test(`${name} ${does}`, { skip: leftOut("webpack") }, async (t) => {
    const { text = "" } = guide.blocks.find((block) => block.lang === lang) ?? {};
    const { host } = new URL(own.origin);
    const shown = (isOwn ? passingOn(text, guide.text) : text)
      .replace("https://traq.example", server.origin)
      .replace("/srv/app", application)
      .replace("127.0.0.1:3000", host);
    const where = isOwn ? host : application;
    assert.ok(shown.includes(server.origin) && shown.includes(where), shown);
    const folder = join(projects, `${lang}-${String(isOwn)}`);
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
