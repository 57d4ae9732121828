import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { Browser } from "puppeteer-core";
import { startBrowser } from "../e2e/browser.ts";
import { inNewContext } from "../e2e/new-context.ts";
import { startServer, type TestServer } from "../e2e/server.ts";
import { waitFor } from "../e2e/wait.ts";
import { projects } from "../packaging/project.ts";
import { signsInByForm } from "./form.ts";
import { build, front, install, leftOut, signsIn, start } from "./place.ts";

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
  /** The page with the form that docs/sign-in-form-*.md show. */
  readonly form?: string;
  /** Where its server answers what it has asked. */
  readonly asks?: readonly string[];
  /** Whether its server renders who is signed in, at /whose. */
  readonly renders?: boolean;
  /** Whether its page /settings is for who is signed in. */
  readonly guarded?: boolean;
}

const builtAndDev: readonly Way[] = [
  { build: "build", start: () => "start" },
  { start: (port) => `dev -- --port ${port} --host 127.0.0.1` },
];

const places: readonly Place[] = [
  {
    name: "Next 16",
    template: "next",
    form: "/sign-in",
    ways: [
      { build: "build -- --turbopack", start: (port) => `start -- --port ${port}` },
      { build: "build -- --webpack", start: (port) => `start -- --port ${port}` },
      { start: (port) => `dev -- --port ${port}` },
    ],
    asks: ["/", "/route", "/edge"],
    renders: true,
  },
  {
    name: "Nuxt 4",
    template: "nuxt",
    form: "/sign-in",
    ways: builtAndDev,
    asks: ["/", "/asks"],
    renders: true,
  },
  {
    name: "SvelteKit 2",
    template: "sveltekit",
    form: "/sign-in",
    ways: builtAndDev,
    asks: ["/", "/asks"],
    renders: true,
    guarded: true,
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
    form: "/index.html#form",
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

let server: TestServer;
let browser: Browser;
before(async () => {
  [server, browser] = await Promise.all([startServer(projects), startBrowser()]);
});
after(() => Promise.all([browser.close(), server.close()]));

const shown = (): string => document.querySelector("#whose")?.textContent ?? "";

/** The text of an element in a page as it came from the server. */
const rendered = (html: string): string => /id="whose"[^>]*>(?:<!--.*?-->)*([^<]*)/.exec(html)?.[1] ?? html;

/** The pages of two people and of nobody, all asked for at once, each show their own. */
async function rendersEachTheirOwn(origin: string): Promise<void> {
  const cookieOf = async (name: string): Promise<string> => {
    const response = await fetch(`${origin}/api/v3/login`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ name, password: "password1234" }),
    });
    return response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  };
  const people = { alice: await cookieOf("alice"), bob: await cookieOf("bob"), "signed-out": "" };
  const all = Array.from({ length: 10 }, () => Object.entries(people)).flat();
  const pages = await Promise.all(
    all.map(async ([, cookie]) => {
      const response = await fetch(`${origin}/whose`, { headers: { Cookie: cookie } });
      assert.match(response.headers.get("Cache-Control") ?? "", /private.*no-store/);
      return rendered(await response.text());
    }),
  );
  assert.deepEqual(
    pages,
    all.map(([name]) => name),
  );
}

/** A page takes over what the server has rendered, with its guard, and asks once for itself. */
async function takesOver(origin: string, asked: string[], guarded: boolean): Promise<void> {
  await inNewContext(browser, async (page, logged) => {
    page.on("console", (message) => {
      if (["warn", "error"].includes(message.type()) && !message.text().includes("401 (Unauthorized)")) {
        logged.push(message.text());
      }
    });
    /** Opens a page, and waits until it has asked. */
    const opens = async (path: string, who: string): Promise<void> => {
      asked.length = 0;
      const response = await page.goto(origin + path, { timeout: 120_000 });
      assert.equal(rendered((await response?.text()) ?? ""), who, "as the server rendered it");
      await waitFor(page, () =>
        performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/users/me")),
      );
      assert.equal(await page.evaluate(shown), who);
      assert.deepEqual(asked, ["GET /api/v3/users/me"], path);
    };
    await opens("/whose", "signed-out");
    if (guarded) {
      await opens("/settings?tab=2", "signed-out");
      assert.equal(page.url(), `${origin}/login?to=%2Fsettings%3Ftab%3D2`);
    }
    await page.evaluate(async () => {
      const headers = { "Content-Type": "application/json" };
      const body = JSON.stringify({ name: "alice", password: "password1234" });
      await fetch("/api/v3/login", { method: "POST", headers, body });
    });
    await opens("/whose", "alice");
    if (guarded) {
      await opens("/settings?tab=2", "alice");
      assert.equal(page.url(), `${origin}/settings?tab=2`);
    }
    assert.deepEqual(logged, []);
  });
}

for (const {
  name,
  template,
  ways,
  page = "/",
  form,
  asks = [],
  renders = false,
  guarded = false,
} of places) {
  test(name, { skip: leftOut(template) }, async (t) => {
    const env = { API: server.origin };
    const project = install(template, server.origin);
    for (const way of ways) {
      const how = way.build ?? "dev";
      await t.test(`${name}, by ${how}`, async (t) => {
        await server.reset();
        await server.act("token", "read", "alice", "read");
        if (way.build !== undefined) {
          build(project, way.build, env);
        }
        let asked: string[] = [];
        let address = `${server.origin}/pkg/${template}/${String(way.start)}`;
        if (typeof way.start === "function") {
          const pages = await start(project, way.start, env);
          t.after(pages.close);
          const proxy = await front(pages.origin, server.origin);
          t.after(proxy.close);
          address = proxy.origin;
          asked = proxy.asked;
        }
        for (const path of asks) {
          assert.match(await (await fetch(address + path)).text(), /alice, at traQ v3\.28\.4/, path);
        }
        // A development server bundles meanwhile what the page asks for.
        assert.equal(await signsIn(browser, address + page, 3), "alice is signed in, in 1 place");
        if (form !== undefined) {
          await signsInByForm(browser, address + form);
        }
        if (renders && way.build !== undefined) {
          await rendersEachTheirOwn(address);
          await takesOver(address, asked, guarded);
        }
      });
    }
  });
}
