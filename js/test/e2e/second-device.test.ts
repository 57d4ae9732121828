import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import { alice, call } from "./client.ts";
import { html, run, useFronts } from "./front.ts";
import { useHarness } from "./harness.ts";
import { shows, signedIn, signIn } from "./page.ts";
import { api, count, me, until, useTellingFronts } from "./tab-life.ts";

// Two browsers of one user: what is ended in one is known in the other by its next
// question, which it asks on an interval or when it is looked at.

const harness = useHarness();
const front = useTellingFronts(harness);
const startFront = useFronts();
beforeEach(() => harness.reset());

/** Changes alice's password, as traQ's own page does. */
const changePassword = `(async () => {
  const body = JSON.stringify({ password: "password1234", newPassword: "another-password" });
  const headers = { "Content-Type": "application/json" };
  const { status } = await fetch("${api}/users/me/password", { method: "PUT", headers, body });
  if (status !== 204) throw new Error("PUT password: " + status);
})()`;

const sessions = async (page: Page): Promise<string[]> =>
  ((await call(page, "listSessions")).value as { id: string }[]).map(({ id }) => id);

/** What one browser does to the session of the other, by what its user presses there. */
const ends: Readonly<Record<string, (there: Page, own: string) => Promise<unknown>>> = {
  "ended by itself": async (there, own) => {
    const others = (await sessions(there)).filter((id) => id !== own);
    assert.deepEqual(await call(there, "revokeSession", others), { value: null });
  },
  "ended with all others": (there) => call(there, "logout", [{ all: true }]),
  "ended by a new password": (there) => there.evaluate(changePassword),
};

/** How the browser that is at hand comes to ask: on an interval alone, or when it is looked at. */
const looks = {
  "on its interval": { refreshOn: { visible: false, interval: 1000 }, look: "" },
  "when it is looked at": {
    refreshOn: { visible: true, interval: 0 },
    look: "const { now } = Date; Date.now = () => now() + 5000; dispatchEvent(new Event('focus'));",
  },
};

for (const [how, end] of Object.entries(ends)) {
  for (const [when, { refreshOn, look }] of Object.entries(looks)) {
    test(`a session that is ${how} in another browser is known ${when}, by one question`, async () => {
      const { origin, hits, told } = await front();
      const there = await harness.page();
      await call(there, "login", [alice]);
      const [own = ""] = await sessions(there);
      // The last one is in front: in Firefox the others are hidden.
      const here = await harness.page(origin);
      await run(
        here,
        `const auth = createAuthClient({ refreshOn: ${JSON.stringify(refreshOn)} });
        await auth.login(alice);
        auth.subscribe(({ status }) => void fetch("/told?" + status));
        await auth.refresh();
        return 0`,
      );
      await until("alice is known", () => told.includes("signed-in"));
      await end(there, own);
      const before = hits.length;
      await here.evaluate(`(() => { ${look} })()`);
      await until("the end is known", () => told.includes("signed-out"), 30_000);
      assert.deepEqual(told, ["signed-in", "signed-out"]);
      // One that was under way at the end may have had its answer after that.
      const asked = count(hits.slice(before, hits.indexOf("GET /told?signed-out")), me);
      assert.ok(asked === 1 || (asked === 0 && refreshOn.interval > 0), hits.slice(before).join());
    });
  }
}

test("who changes the password knows of the end by a refresh", async () => {
  const page = await harness.page();
  await call(page, "login", [alice]);
  await page.evaluate(changePassword);
  const before = await harness.server.requests();
  assert.deepEqual(await call(page, "refresh"), { value: { status: "signed-out", user: null } });
  assert.equal(await harness.server.requests(), before + 1);
});

test("a hidden page sends nothing on its interval, and asks when it is shown", async () => {
  const asked: Record<string, number> = { "/hidden": 0, "/shown": 0 };
  const told: string[] = [];
  const { origin } = await startFront(harness.server.origin, (req, res) => {
    const { pathname = "" } = req.headers.referer ? new URL(req.headers.referer) : {};
    if (req.url === `${api}/users/me`) {
      asked[pathname] = (asked[pathname] ?? 0) + 1;
    } else if (req.url?.startsWith("/told")) {
      told.push(req.url);
      res.writeHead(204).end();
      return true;
    } else if (req.url === "/both") {
      return html(res, '<iframe src="/hidden"></iframe><iframe src="/shown"></iframe>');
    } else if (req.url === "/hidden" || req.url === "/shown") {
      return html(
        res,
        `<script type="module">
          import { createAuthClient } from "/pkg/index.js";
          const auth = createAuthClient({ refreshOn: { visible: false, interval: 200 } });
          globalThis.become = (state) => {
            Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
            document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
          };
          auth.subscribe(() => {});
          await auth.refresh();
          if (location.pathname === "/hidden") become("hidden");
          await fetch("/told?" + location.pathname); // after what it has asked
        </script>`,
      );
    }
    return false;
  });
  const page = await harness.page(origin);
  await page.goto(`${origin}/both`);
  await until("both have begun", () => told.length === 2);
  const before = { ...asked };
  const more = (path: string): number => (asked[path] ?? 0) - (before[path] ?? 0);
  await until("the one that is shown asks", () => more("/shown") >= 10, 30_000);
  assert.equal(more("/hidden"), 0);
  await page.evaluate("frames[0].become('visible')");
  await until("it asks when it is shown, and goes on", () => more("/hidden") >= 3, 30_000);
});

test("the page tells within its interval that its session was ended in another browser", async () => {
  const other = await harness.page();
  await call(other, "login", [alice]);
  const page = await signedIn(harness);
  await page.evaluate(() => {
    for (const type of ["focus", "visibilitychange", "online", "pageshow"]) {
      addEventListener(type, (event) => event.stopImmediatePropagation(), true); // nobody looks at it
    }
  });
  await call(other, "logout", [{ all: true }]);
  await page.evaluate(() => {
    const { now } = Date;
    Date.now = () => now() + 60_000;
  });
  await shows(page, "This session was ended elsewhere: in another tab or on another device.");
  await signIn(page);
  await shows(page, "You are signed in.");
});
