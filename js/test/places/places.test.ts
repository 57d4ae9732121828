import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "puppeteer-core";
import { startBrowser } from "../e2e/browser.ts";
import { startServer, type TestServer } from "../e2e/server.ts";
import { waitFor } from "../e2e/wait.ts";
import { installPlace, projects } from "../packaging/project.ts";
import { build, front, start } from "./place.ts";

// The package in frameworks, from the tarball: somebody signs in on a page, and
// the server asks for itself. They take minutes: "make places".

interface Way {
  readonly build?: string;
  /** Without a server of its own, it is the folder that was built. */
  readonly start: string | ((port: number) => string);
}

interface Place {
  readonly name: string;
  readonly template: string;
  /** What is made of it, by npm's scripts. */
  readonly ways: readonly Way[];
  /** The page that signs in; "/" where nothing is given. */
  readonly page?: string;
  /** Where its server answers what it has asked. */
  readonly asks?: readonly string[];
}

const builtAndDev: readonly Way[] = [
  { build: "build", start: () => "start" },
  { start: (port) => `dev -- --port ${port} --host 127.0.0.1` },
];

const places: readonly Place[] = [
  {
    name: "Next 16",
    template: "next",
    ways: [
      { build: "build -- --turbopack", start: (port) => `start -- --port ${port}` },
      { build: "build -- --webpack", start: (port) => `start -- --port ${port}` },
      { start: (port) => `dev -- --port ${port}` },
    ],
    asks: ["/", "/route", "/edge"],
  },
  {
    name: "Nuxt 4",
    template: "nuxt",
    ways: builtAndDev,
    asks: ["/", "/asks"],
  },
  {
    name: "SvelteKit 2",
    template: "sveltekit",
    ways: builtAndDev,
    asks: ["/", "/asks"],
  },
  {
    name: "Astro 5",
    template: "astro",
    ways: builtAndDev,
    asks: ["/", "/asks"],
  },
  {
    name: "React Router 7",
    template: "react-router",
    ways: builtAndDev,
    asks: ["/", "/asks"],
  },
  {
    name: "Angular 21",
    template: "angular",
    ways: [
      { build: "build -- --base-href=./", start: "dist/app/browser" },
      { start: (port) => `start -- --port ${port} --host 127.0.0.1` },
    ],
    page: "/index.html",
  },
  {
    name: "Storybook 10",
    template: "storybook",
    ways: [
      { build: "build", start: "storybook-static" },
      { start: (port) => `dev -- --port ${port} --host 127.0.0.1` },
    ],
    page: "/iframe.html?id=sign-in--signed-in&viewMode=story",
  },
];

const chosen = process.env["PLACES"]?.split(" ") ?? places.map(({ template }) => template);

let server: TestServer;
let browser: Browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(projects), startBrowser()]);
});
after(() => Promise.all([browser.close(), server.close()]));

/** Signs in on a page as somebody new, and gives what the page shows. */
async function signsIn(address: string): Promise<string> {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    const wrong: string[] = [];
    page.on("pageerror", (error) => wrong.push(String(error)));
    page.on("requestfailed", (request) =>
      wrong.push(`${request.url()} ${request.failure()?.errorText ?? ""}`),
    );
    page.on("console", (message) => wrong.push(message.text()));
    await page.goto(address, { timeout: 120_000 });
    const text = (): string => document.querySelector("#signed-in")?.textContent ?? "";
    // A development server bundles what the page asks for meanwhile.
    const wait = (): Promise<void> => waitFor(page, text);
    await wait()
      .catch(wait)
      .catch(wait)
      .catch((error: unknown) => wrong.push(String(error)));
    return (await page.evaluate(text)) || wrong.join("\n");
  } finally {
    await context.close();
  }
}

for (const { name, template, ways, page = "/", asks = [] } of places) {
  test(name, { skip: !chosen.includes(template) && "not in PLACES" }, async (t) => {
    const env = { API: server.origin };
    const project = installPlace(template);
    for (const way of ways) {
      const how = way.build ?? "dev";
      await t.test(`${name}, by ${how}`, async (t) => {
        await server.reset();
        await server.act("token", "read", "alice", "read");
        if (way.build !== undefined) {
          build(project, way.build, env);
        }
        let address = `${server.origin}/pkg/${template}/${String(way.start)}`;
        if (typeof way.start === "function") {
          const pages = await start(project, way.start, env);
          t.after(pages.close);
          const proxy = await front(pages.origin, server.origin);
          t.after(proxy.close);
          address = proxy.origin;
        }
        for (const path of asks) {
          assert.match(await (await fetch(address + path)).text(), /alice, at traQ v3\.28\.4/, path);
        }
        assert.equal(await signsIn(address + page), "alice is signed in, in 1 place");
      });
    }
  });
}
