import assert from "node:assert/strict";
import type http from "node:http";
import { beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import { engine, needing } from "./engine.ts";
import { type Handler, html, run, sleep, useFronts } from "./front.ts";
import { useHarness } from "./harness.ts";

// What a browser does with a tab while a call is under way or is due: it closes
// it, freezes it, keeps it for the back button, prerenders it, puts it into a
// frame, or sleeps. Every call settles, the state is right after at most one
// question, and nothing is asked twice.

const lifecycleTest = needing("lifecycle");
const prerenderTest = needing("prerender");
const harness = useHarness();
const startFront = useFronts();
beforeEach(() => harness.reset());

const api = "/api/v3";
const me = `GET ${api}/users/me`;

/** A front, with what its pages tell by tell(…), as they would a server of their own. */
async function front(
  handler: Handler = () => false,
): Promise<{ origin: string; hits: string[]; told: string[] }> {
  const told: string[] = [];
  const { origin, hits } = await startFront(harness.server.origin, (req, res, forward) => {
    const url = new URL(req.url ?? "/", "http://front");
    if (url.pathname === "/told") {
      told.push(decodeURIComponent(url.search.slice(1)));
      res.writeHead(204).end();
      return true;
    }
    return handler(req, res, forward);
  });
  return { origin, hits, told };
}

const count = (hits: readonly string[], hit: string): number => hits.filter((one) => one === hit).length;

/** Waits until something holds. */
async function until(what: string, holds: () => boolean, timeout = 20_000): Promise<void> {
  for (const end = Date.now() + timeout; !holds();) {
    assert.ok(Date.now() < end, what);
    await sleep(50);
  }
}

/** Waits until a page's body of an async function returns what is truthy. */
async function untilIn(page: Page, body: string): Promise<void> {
  for (const end = Date.now() + 20_000; (await run(page, body)) !== true;) {
    assert.ok(Date.now() < end, body);
    await sleep(100);
  }
}

/** A page with a client that watches, and tells of each snapshot. */
const watching = (res: http.ServerResponse, more = ""): true =>
  html(
    res,
    `<body><script type="module">
      import { createAuthClient } from "/pkg/index.js";
      let telling; // one after the other: two requests at once may overtake each other
      globalThis.tell = (what) => (telling = Promise.resolve(telling).catch(() => {}).then(
        () => fetch("/told?" + encodeURIComponent(what), { cache: "no-store" }),
      ));
      globalThis.auth = createAuthClient();
      auth.subscribe(({ status, user }) => tell(location.pathname + " " + (user ? user.name : status)));
      addEventListener("pageshow", ({ persisted }) => tell(location.pathname + " shown " + (persisted ? "again" : "anew")));
      ${more}
    </script>`,
  );

const stalled = async (res: http.ServerResponse, ms: number): Promise<boolean> => {
  const connection = { gone: false };
  res.on("close", () => (connection.gone = true));
  await sleep(ms);
  return connection.gone;
};

/** Another tab with a page's cookies, which a test closes itself. */
async function tabBeside(page: Page): Promise<Page> {
  const tab = await page.browserContext().newPage();
  await tab.goto(page.url());
  return tab;
}

/** Opens a page of the front's, signs alice in, and opens another tab there. */
async function twoTabs(origin: string): Promise<[Page, Page]> {
  const page = await harness.page(origin);
  await run(page, "await createAuthClient().login(alice)");
  return [page, await tabBeside(page)];
}

const statusOf = (page: Page): Promise<unknown> =>
  run(
    page,
    "const auth = createAuthClient(); return [(await auth.refresh()).status, (await fetch('/api/v3/users/me')).status]",
  );

for (const [what, begin] of [
  ["a logout", "void auth.logout().catch(() => {})"],
  [
    "a logout after a refresh that is under way",
    "void auth.refresh().catch(() => {}); void auth.logout().catch(() => {})",
  ],
  ["a logout of all sessions", "void auth.logout({ all: true }).catch(() => {})"],
] as const) {
  test(`${what} is kept where its tab is closed before the answer`, async () => {
    let stalls = true;
    const { origin, hits } = await front(async (req, res) =>
      req.url?.startsWith(`${api}/logout`) && stalls ? stalled(res, 3000) : false,
    );
    const [page, tab] = await twoTabs(origin);
    await run(tab, "globalThis.auth = createAuthClient(); await auth.refresh()");
    await run(tab, `${begin}; return 0`);
    await until("the logout has left", () => hits.some((hit) => hit.startsWith(`POST ${api}/logout`)));
    await tab.close();
    await sleep(200);
    stalls = false;
    await page.goto(`${origin}/_test/blank?next`);
    assert.deepEqual(await statusOf(page), ["signed-out", 401]);
    assert.equal(hits.filter((hit) => hit.startsWith(`POST ${api}/logout`)).length, 2, "sent again once");
  });
}

test("a logout is kept where the page is left before its module is there", async () => {
  const { origin, hits } = await front((req, _, forward) => {
    if (req.url === "/pkg/traq-auth.wasm") {
      forward({ delay: 1500, headers: { "Cache-Control": "no-store" } });
      return true;
    }
    return false;
  });
  const page = await harness.page(origin);
  await run(page, "await createAuthClient().login(alice)");
  await page.goto(`${origin}/_test/blank?cold`);
  await Promise.all([
    page.waitForNavigation(),
    page.evaluate(`import("/pkg/index.js").then(({ createAuthClient }) => {
      void createAuthClient().logout().catch(() => {});
      location.href = "/_test/blank?left";
    })`),
  ]);
  assert.equal(hits.filter((hit) => hit.startsWith(`POST ${api}/logout`)).length, 0, "it has not left");
  assert.deepEqual(await statusOf(page), ["signed-out", 401]);
  assert.equal(hits.filter((hit) => hit.startsWith(`POST ${api}/logout`)).length, 1);
});

test("a pending logout that a closed tab was sending is sent by the next page", async () => {
  let answers = "lost" as "lost" | "stalls" | "right";
  const { origin, hits } = await front((req, res) => {
    if (req.url?.startsWith(`${api}/logout`) && answers !== "right") {
      return answers === "lost" ? (res.destroy(), true) : stalled(res, 3000);
    }
    return false;
  });
  const [page, tab] = await twoTabs(origin);
  await run(tab, "globalThis.auth = createAuthClient(); await auth.logout().catch(() => {})");
  answers = "stalls";
  const before = hits.length;
  await tab.evaluate("void auth.getUser().catch(() => {})");
  await until("it is being sent", () =>
    hits.slice(before).some((hit) => hit.startsWith(`POST ${api}/logout`)),
  );
  await tab.close();
  await sleep(200);
  answers = "right";
  await page.goto(`${origin}/_test/blank?next`);
  assert.deepEqual(await statusOf(page), ["signed-out", 401]);
});

test("a login whose tab is closed before the answer leaves nothing that is wrong", async () => {
  const { origin, hits } = await front((req, _, forward) => {
    if (req.url?.startsWith(`${api}/login`)) {
      forward({ delay: 2000 }); // done, and answered too late
      return true;
    }
    return false;
  });
  const page = await harness.page(origin);
  const tab = await tabBeside(page);
  await run(tab, "globalThis.auth = createAuthClient(); await auth.ready()");
  await tab.evaluate("void auth.login({ name: 'alice', password: 'password1234' }).catch(() => {})");
  await until("the login has left", () => count(hits, `POST ${api}/login`) === 1);
  await tab.close();
  await sleep(2500);
  const [status, answer] = (await statusOf(page)) as [string, number];
  assert.equal(status, answer === 200 ? "signed-in" : "signed-out", "as the server says");
  const left = await run(page, "return Object.keys(localStorage).filter((key) => key.includes('logout'))");
  assert.deepEqual(left, []);
});

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
    // Of its own: puppeteer-core loses sight of one that comes back in Firefox.
    const page = await tabBeside(await harness.page(origin));
    await run(page, "await createAuthClient().login(alice)");
    await page.goto(`${origin}/one`);
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
  const page = await tabBeside(await harness.page(origin));
  await run(page, "await createAuthClient().login(alice)");
  await page.goto(`${origin}/one`);
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
  const { origin, hits, told } = await front((req, res) => req.url === "/page" && watching(res));
  const page = await harness.page();
  await page.goto(`${origin}/page`);
  await until("it has asked", () => told.includes("/page signed-out"));
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
  const { origin, hits, told } = await front((req, res) => req.url === "/page" && watching(res));
  const page = await harness.page();
  await page.goto(`${origin}/page`);
  await until("it has asked", () => told.includes("/page signed-out"));
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
