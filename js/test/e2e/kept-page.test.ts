import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import { pageScript } from "./apps/bundle.ts";
import { engine, needing } from "./engine.ts";
import { html, run, sleep } from "./front.ts";
import { useHarness } from "./harness.ts";
import { api, count, me, tabBeside, until, useTellingFronts, watching } from "./tab-life.ts";

// A page that the browser freezes, keeps for the back button, or prerenders while a call
// is under way or is due: the call settles, and the page knows who is signed in when it
// is shown, after at most one question.

const lifecycleTest = needing("lifecycle");
const prerenderTest = needing("prerender");
const harness = useHarness();
const front = useTellingFronts(harness);
beforeEach(() => harness.reset());

/** Signs alice in, and opens a page in a tab of its own: puppeteer-core loses sight of one that comes back in Firefox. */
async function openAsAlice(address: string): Promise<Page> {
  const page = await tabBeside(await harness.page(new URL(address).origin));
  await run(page, "await createAuthClient().login(alice)");
  await page.goto(address);
  return page;
}

for (const [call, path, right] of [
  ["refresh", `${api}/users/me`, "signed-in"],
  ["getUser", `${api}/users/me`, "signed-in"],
  ["listSessions", `${api}/users/me/sessions`, "signed-in"],
  ["logout", `${api}/logout`, "signed-out"],
] as const) {
  lifecycleTest(
    `a tab that is frozen while ${call} is under way knows what is right when it is thawed`,
    async () => {
      const slow = { on: false };
      const { origin, hits } = await front((req, _, forward) => {
        if (slow.on && req.url === path) {
          forward({ delay: 700 });
          return true;
        }
        return false;
      });
      const page = await harness.page(origin);
      await run(
        page,
        "globalThis.auth = createAuthClient({ timeout: 2000 }); await auth.login(alice); auth.subscribe(() => {}); await auth.refresh()",
      );
      slow.on = true;
      const before = hits.length;
      await run(
        page,
        `globalThis.outcome = settle(auth.${call}()); globalThis.late = settle(auth.listProviders()); return 0`,
      );
      await until("it is under way", () => hits.slice(before).some((hit) => hit.endsWith(` ${path}`)));
      const session = await page.createCDPSession();
      await session.send("Page.setWebLifecycleState", { state: "frozen" });
      await sleep(3500); // its answer has come, and its time is up
      await session.send("Page.setWebLifecycleState", { state: "active" });
      slow.on = false;
      const [outcome, late] = (await run(page, "return [await outcome, await late]")) as { err?: string }[];
      for (const one of [outcome, late]) {
        assert.match(one?.err ?? "timeout", /^timeout/);
      }
      assert.equal(hits.slice(before).filter((hit) => hit.endsWith(` ${path}`)).length, 1, "it is sent once");
      const known = await run(page, "return (await auth.refresh()).status");
      assert.equal(known, right);
    },
  );
}

// Which engines keep the page for the way back: an open channel keeps none from it,
// but what is said there meanwhile keeps Chromium and Firefox from it.
for (const [how, logout, kept] of [
  [
    "that nobody has told",
    `await fetch("${api}/logout", { method: "POST" });`,
    ["chromium", "firefox", "webkit"],
  ],
  [
    "by another client",
    'const { createAuthClient } = await import("/pkg/index.js"); await createAuthClient().logout();',
    ["webkit"],
  ],
] as const) {
  test(`a page that one comes back to knows of a logout ${how}, whether or not it was kept`, async () => {
    const { origin, hits, told } = await front((req, res) => {
      if (req.url === "/one") {
        return watching(res);
      }
      return (
        req.url === "/two" &&
        html(res, `<script type="module">${logout} setTimeout(() => history.back(), 500);</script>`)
      );
    });
    const page = await openAsAlice(`${origin}/one`);
    await until("alice is known", () => told.includes("/one alice"));
    assert.equal(count(hits, me), 2, "the login's, and the start's");
    await page.evaluate("tell('leaving')"); // Firefox keeps no page that still waits for an answer
    await page.evaluate("void setTimeout(() => { location.href = '/two'; })");
    await until("it is shown again", () => told.filter((one) => one.startsWith("/one shown")).length === 2);
    await until("it is known that nobody is signed in", () => told.at(-1) === "/one signed-out");
    await sleep(500);
    assert.equal(count(hits, me), 3, "one question more");
    assert.equal(
      told.includes("/one shown again"),
      (kept as readonly string[]).includes(engine),
      told.join(),
    );
  });
}

for (const [what, reachable, expected] of [
  ["a logout", true, ["again", "first seen: signed-out"]],
  ["a server that does not answer", false, ["again", "anew"]],
] as const) {
  test(`a page that hides its secrets shows none when one comes back after ${what}`, async () => {
    const script = await pageScript("secrets");
    const state = { left: false };
    const { origin, told } = await front((req, res, forward) => {
      if (req.url === "/one") {
        return html(res, `<body><script>var rendered;</script><script type="module">${script}</script>`);
      }
      if (req.url === "/two") {
        state.left = true;
        const logout = `await fetch("${api}/logout", { method: "POST" });`;
        return html(res, `<script type="module">${logout} setTimeout(() => history.back(), 500);</script>`);
      }
      if (state.left && req.url === `${api}/users/me`) {
        if (reachable) {
          forward({ delay: 1000 }); // meanwhile the old page could be seen
        } else {
          res.destroy();
        }
        return true;
      }
      return false;
    });
    const page = await openAsAlice(`${origin}/one`);
    await until("the secret is shown", () => told.includes("the secret of alice"));
    const before = told.length;
    await page.evaluate("void setTimeout(() => { location.href = '/two'; }, 300)");
    await until("it is shown again", () => told.length === before + 2, 30_000);
    assert.deepEqual(told.slice(before), expected);
  });
}

test("a call that is under way when its page is left and kept settles when one comes back", async () => {
  const slow = { on: false };
  const { origin, told } = await front((req, res, forward) => {
    if (req.url === "/one") {
      return watching(
        res,
        `globalThis.begin = async () => {
          const outcome = await auth.listSessions({ timeout: 3000 }).then(() => "done", ({ code }) => code);
          tell("settled " + outcome);
          tell("after " + (await auth.refresh()).status);
        };`,
      );
    }
    if (req.url === "/two") {
      return html(res, `<script>setTimeout(() => history.back(), 1500)</script>`);
    }
    if (slow.on && req.url === `${api}/users/me/sessions`) {
      slow.on = false;
      forward({ delay: 1000 });
      return true;
    }
    return false;
  });
  const page = await openAsAlice(`${origin}/one`);
  await until("alice is known", () => told.includes("/one alice"));
  slow.on = true;
  await run(page, "void begin(); setTimeout(() => { location.href = '/two'; }, 200); return 0");
  await until("it is shown again", () => told.filter((one) => one.startsWith("/one shown")).length === 2);
  if (told.includes("/one shown again")) {
    await until("it settles", () => told.some((one) => one.startsWith("after ")));
    assert.match(
      told.find((one) => one.startsWith("settled ")) ?? "",
      /^settled (done|network_error|timeout)$/,
    );
    assert.ok(told.includes("after signed-in"));
  }
  await until(
    "alice is known",
    () => told.filter((one) => /^\/one alice|^after signed-in/.test(one)).length >= 2,
  );
});

for (const [how, login, wait, questions] of [
  // Whoever signs in by a client tells the others; else it is asked when the page is shown, at most every 5 s.
  ["by another client", "createAuthClient().login(alice)", 0, 0],
  [
    "that nobody has told",
    `fetch("${api}/login", { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(alice) })`,
    5200,
    1,
  ],
] as const) {
  prerenderTest(`a page that was prerendered knows, when it is shown, of a login ${how}`, async () => {
    const { origin, hits, told } = await front((req, res) => {
      if (req.url === "/ahead") {
        return watching(res, "document.addEventListener('prerenderingchange', () => tell('activated'));");
      }
      if (req.url === "/from") {
        const rules = { prerender: [{ urls: ["/ahead"], eagerness: "immediate" }] };
        return html(res, `<body><script type="speculationrules">${JSON.stringify(rules)}</script>`);
      }
      return false;
    });
    // It becomes another target, which the harness would not know.
    const tab = await tabBeside(await harness.page(origin));
    await tab.goto(`${origin}/from`);
    await until("it is prerendered", () => told.includes("/ahead signed-out"));
    await run(tab, `await ${login}; await sleep(${wait}); return 0`);
    const before = count(hits, me);
    await tab.evaluate("setTimeout(() => { location.href = '/ahead'; })");
    await until("alice is known", () => told.includes("/ahead alice"));
    await sleep(500);
    assert.ok(told.includes("activated"));
    assert.equal(count(hits, me) - before, questions);
    await tab.close();
  });
}
