import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import { html, run, sleep } from "./front.ts";
import { useHarness } from "./harness.ts";
import { api, count, me, until, untilIn, useTellingFronts, watching } from "./tab-life.ts";

// A tab that is hidden, in a frame, asleep or busy: it asks once when it is shown again,
// and every call settles.

const harness = useHarness();
const front = useTellingFronts(harness);
beforeEach(() => harness.reset());

/** A page with a client that watches, and has asked who is signed in. */
async function watchingPage(): Promise<{ page: Page; hits: string[] }> {
  const { origin, hits, told } = await front((req, res) => req.url === "/page" && watching(res));
  const page = await harness.page();
  await page.goto(`${origin}/page`);
  await until("it has asked", () => told.includes("/page signed-out"));
  return { page, hits };
}

for (const where of ["in an iframe of it", "outside of the iframe that the client is in"]) {
  test(`a tab that is shown again asks once, though the focus is ${where}`, async () => {
    const inner = where.startsWith("in");
    const { origin, hits, told } = await front((req, res) => {
      if (req.url === "/outer") {
        const body = '<input id="o"><iframe id="f" src="/inner"></iframe>';
        return inner ? watching(res, `document.body.innerHTML = '${body}';`) : html(res, `<body>${body}`);
      }
      return req.url === "/inner" && (inner ? html(res, '<body><input id="i">') : watching(res));
    });
    const page = await harness.page();
    await page.goto(`${origin}/outer`);
    await until("it has asked", () => told.some((one) => one.endsWith("signed-out")));
    await page.evaluate(
      inner
        ? "new Promise((done) => { const f = document.querySelector('#f'); const go = () => f.contentDocument?.querySelector('#i') ? done(f.contentDocument.querySelector('#i').focus()) : setTimeout(go, 50); go(); })"
        : "document.querySelector('#o').focus()",
    );
    await sleep(5200);
    const before = count(hits, me);
    // The tab is hidden, and shown again: what a browser tells its documents, all of them, then.
    await page.evaluate(`(async () => {
      const documents = [document, document.querySelector("#f").contentDocument];
      for (const state of ["hidden", "visible"]) {
        for (const one of documents) {
          Object.defineProperty(one, "visibilityState", { value: state, configurable: true });
          one.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
        }
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
    })()`);
    await sleep(500);
    assert.equal(count(hits, me) - before, 1);
  });
}

test("a tab that is hidden asks nothing, and is not asked twice when it is shown", async () => {
  const { page, hits } = await watchingPage();
  const before = count(hits, me);
  await page.evaluate(`(() => {
    Date.now = ((now) => () => now() + 60_000)(Date.now);
    Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
    for (let i = 0; i < 5; i++) document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  })()`);
  await sleep(500);
  assert.equal(count(hits, me), before);
  await page.evaluate(`(() => {
    Object.defineProperty(document, "visibilityState", { value: "visible", configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    dispatchEvent(new Event("focus"));
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: false }));
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  })()`);
  await sleep(500);
  assert.equal(count(hits, me), before + 1);
});

test("frames of one origin, each with a client, know the same with one login's questions", async () => {
  const { origin, hits, told } = await front((req, res) => {
    if (req.url === "/outer") {
      return watching(
        res,
        `for (const name of ["a", "b"]) {
          document.body.append(Object.assign(document.createElement("iframe"), { src: "/frame-" + name }));
        }`,
      );
    }
    return req.url?.startsWith("/frame-") && watching(res);
  });
  const page = await harness.page();
  await page.goto(`${origin}/outer`);
  const all = ["/outer", "/frame-a", "/frame-b"];
  await until("each has asked", () => all.every((path) => told.includes(`${path} signed-out`)));
  const before = hits.length;
  await page.evaluate(
    "document.querySelector('iframe').contentWindow.auth.login({ name: 'alice', password: 'password1234' }).then(() => 0)",
  );
  await until("each knows alice", () => all.every((path) => told.includes(`${path} alice`)));
  await sleep(300);
  assert.equal(count(hits.slice(before), me), 1, "the login's own");
  // A frame that is taken away takes no other's calls with it.
  await page.evaluate("document.querySelector('iframe').remove()");
  await untilIn(page, "await auth.logout(); return auth.getSnapshot().status === 'signed-out'");
  await until(
    "the other frame knows",
    () => told.filter((one) => one === "/frame-b signed-out").length === 2,
  );
});

test("a frame that is cut off from its origin gets documented errors, and none is left over", async () => {
  const cors = { "access-control-allow-origin": "*", "access-control-allow-headers": "*" };
  const { origin } = await front((req, res, forward) => {
    if (req.url === "/outer") {
      return html(
        res,
        `<body><iframe sandbox="allow-scripts" src="/sandboxed"></iframe><script>addEventListener("message", ({ data }) => (globalThis.said = data))</script>`,
      );
    }
    if (req.url === "/sandboxed") {
      return html(
        res,
        `<script type="module">
          const errors = [];
          addEventListener("error", ({ message }) => errors.push(message));
          addEventListener("unhandledrejection", ({ reason }) => errors.push(String(reason)));
          const { createAuthClient } = await import("/pkg/index.js");
          const auth = createAuthClient({ baseURL: "${api}", timeout: 5000 });
          const settle = (promise) => promise.then((value) => value?.status ?? value?.version ?? JSON.stringify(value ?? null), ({ code }) => code);
          auth.subscribe(() => {});
          const outcomes = [];
          for (const call of [auth.getServerInfo, auth.refresh, auth.completeRedirect, auth.listSessions, auth.logout, auth.refresh]) {
            outcomes.push(await settle(call()));
          }
          parent.postMessage({ outcomes, errors, state: auth.getSnapshot().status }, "*");
        </script>`,
      );
    }
    if (req.method === "OPTIONS") {
      res.writeHead(204, cors).end();
      return true;
    }
    forward({ headers: cors });
    return true;
  });
  const page = await harness.page();
  await page.goto(`${origin}/outer`);
  await untilIn(page, "return globalThis.said !== undefined");
  const { outcomes, errors, state } = (await run(page, "return said")) as {
    outcomes: string[];
    errors: string[];
    state: string;
  };
  assert.deepEqual(errors, []);
  assert.equal(outcomes[0], "v3.28.4");
  assert.equal(outcomes[2], "null");
  for (const outcome of outcomes.slice(1)) {
    assert.match(
      outcome,
      /^(null|signed-out|unknown|not_authenticated|network_error|cross_origin_blocked|invalid_response|\{"redirectTo":null\})$/,
    );
  }
  assert.match(state, /^(signed-out|unknown)$/);
});

test("a machine that has slept asks at once, though its page's clock stood still", async () => {
  const { page, hits } = await watchingPage();
  const before = count(hits, me);
  await page.evaluate(`(() => {
    Object.defineProperty(document, "visibilityState", { value: "visible" });
    dispatchEvent(new Event("focus"));
  })()`);
  await sleep(300);
  assert.equal(count(hits, me), before, "within 5 s");
  for (const [type, hours] of [
    ["visibilitychange", 8],
    ["focus", 16],
    ["online", 24],
    ["focus", -24], // a clock that was set right
  ] as const) {
    const asked = count(hits, me);
    await page.evaluate(`(() => {
      const still = performance.now(), now = (globalThis.now ??= Date.now);
      performance.now = () => still;
      Date.now = () => now() + ${hours} * 3_600_000;
      const event = new Event("${type}", { bubbles: true });
      ("${type}" === "visibilitychange" ? document : globalThis).dispatchEvent(event);
      delete performance.now;
    })()`);
    await until(`${type} after ${hours} hours`, () => count(hits, me) === asked + 1);
    await sleep(200);
    assert.equal(count(hits, me), asked + 1);
  }
});

test("calls settle where timers come late, since the page was busy", async () => {
  const { origin } = await front((req, _, forward) => {
    if (req.url === `${api}/users/me`) {
      forward({ delay: 300 });
      return true;
    }
    return false;
  });
  const page = await harness.page(origin);
  const outcome = await run(
    page,
    `const auth = createAuthClient({ timeout: 1000 }); await auth.ready();
    const all = [settle(auth.refresh()), settle(auth.getUser()), settle(auth.getUser({ timeout: 100 }))];
    await sleep(150);
    for (const end = Date.now() + 2500; Date.now() < end; );
    return [await Promise.all(all), (await auth.refresh()).status];`,
  );
  const [all, status] = outcome as [{ err?: string; ok?: unknown }[], string];
  for (const { err, ok } of all) {
    assert.match(err ?? JSON.stringify(ok), /^timeout|^not_authenticated|signed-out/);
  }
  assert.equal(status, "signed-out");
});
