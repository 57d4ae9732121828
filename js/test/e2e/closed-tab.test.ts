import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { run, sleep } from "./front.ts";
import { useHarness } from "./harness.ts";
import { api, count, stalled, statusOf, tabBeside, twoTabs, until, useTellingFronts } from "./tab-life.ts";

// A tab that is closed while a call is under way: what was to be done is done, or left
// to the next page.

const harness = useHarness();
const front = useTellingFronts(harness);
beforeEach(() => harness.reset());

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
    const [page, tab] = await twoTabs(harness, origin);
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
  const [page, tab] = await twoTabs(harness, origin);
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
