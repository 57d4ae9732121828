import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import type { Snapshot } from "../../src/index.ts";
import { alice, attempt, call } from "./client.ts";
import { needing } from "./engine.ts";
import { useHarness } from "./harness.ts";
import { waitFor } from "./wait.ts";

// A shared computer: whoever presses "sign out" leaves, whether or not the
// server can be reached, and nobody after them has their session.

const offlineTest = needing("offline");
const harness = useHarness();
beforeEach(() => harness.reset());

const status = async (page: Page): Promise<string> =>
  ((await call(page, "getSnapshot")).value as Snapshot).status;

const code = async (page: Page, method: string, ...args: unknown[]): Promise<unknown> =>
  (await call(page, method, args)).error?.["code"];

/** How many sessions alice has, asked from another browser. */
async function sessions(): Promise<number> {
  const page = await harness.page();
  await call(page, "login", [alice]);
  const { value } = await call(page, "listSessions");
  await call(page, "logout");
  return (value as unknown[]).length - 1;
}

async function leftAlone(options?: object): Promise<Page> {
  const page = await harness.page();
  await call(page, "login", [alice]);
  await harness.server.reachable(false);
  assert.equal(await code(page, "logout", options), "network_error");
  assert.equal(await status(page), "signed-out");
  return page;
}

test("a logout clears here without the server, and is sent before a refresh", async () => {
  const page = await leftAlone();
  assert.equal(await code(page, "refresh"), "network_error");
  assert.equal(await status(page), "signed-out");
  await harness.server.reachable(true);
  assert.equal(await sessions(), 1, "it is still open");
  assert.equal(await code(page, "refresh"), undefined);
  assert.equal(await status(page), "signed-out");
  assert.equal(await sessions(), 0);
});

test("it survives a reload", async () => {
  const page = await leftAlone();
  await harness.server.reachable(true);
  await page.reload();
  assert.equal(await status(page), "unknown");
  assert.equal(await code(page, "refresh"), undefined);
  assert.equal(await status(page), "signed-out");
  assert.equal(await sessions(), 0);
});

test("it outlasts its tab", async () => {
  const page = await leftAlone();
  const other = await harness.tab(page);
  await page.goto("about:blank");
  await harness.server.reachable(true);
  assert.equal(await status(other), "unknown");
  assert.equal(await code(other, "listSessions"), "not_authenticated");
  assert.equal(await status(other), "signed-out");
  assert.equal(await sessions(), 0);
});

test("another tab sends it, which was open before", async () => {
  const page = await harness.page();
  await call(page, "login", [alice]);
  const other = await harness.tab(page);
  assert.equal(await code(other, "refresh"), undefined);
  await harness.server.reachable(false);
  assert.equal(await code(page, "logout"), "network_error");
  await harness.server.reachable(true);
  await waitFor(
    other,
    () =>
      (
        globalThis as unknown as { theClient: import("../../src/index.ts").AuthClient }
      ).theClient.getSnapshot().status === "signed-out",
  );
  assert.equal(await code(other, "getUser"), "not_authenticated");
  assert.equal(await sessions(), 0);
});

offlineTest("it is sent when a watched page comes online", async () => {
  const page = await harness.page();
  await call(page, "login", [alice]);
  await attempt(page, () => {
    (globalThis as unknown as { theClient: { subscribe: (f: () => void) => void } }).theClient.subscribe(
      () => undefined,
    );
  });
  await page.setOfflineMode(true);
  assert.equal(await code(page, "logout"), "network_error");
  await page.setOfflineMode(false); // which the browser tells the page
  await waitFor(page, () => !Object.keys(localStorage).some((key) => key.includes("logout")));
  assert.equal(await sessions(), 0);
});

for (const [method, ...args] of [
  ["getUser"],
  ["listSessions"],
  ["linkAccount", "oidc", { navigate: false }],
] as [string, ...unknown[]][]) {
  test(`nobody after them can ${method}`, async () => {
    const page = await leftAlone();
    await harness.server.reachable(true);
    assert.equal(await code(page, method, ...args), "not_authenticated");
    assert.equal(await sessions(), 0);
  });
}

test("the next login ends the session before", async () => {
  const page = await leftAlone();
  assert.equal(await code(page, "login", { name: "bob", password: "password1234" }), "network_error");
  assert.equal(await status(page), "signed-out", "the login was not sent");
  await harness.server.reachable(true);
  assert.equal(await code(page, "login", { name: "bob", password: "password1234" }), undefined);
  assert.equal(((await call(page, "getUser")).value as { name: string }).name, "bob");
  assert.equal(await sessions(), 0);
});

test("it does not end the session of who has come after", async () => {
  const page = await leftAlone();
  await harness.server.reachable(true);
  // Somebody else's client, which tells the page's nothing.
  await page.evaluate(async () => {
    const post = (path: string, body: object): Promise<Response> =>
      fetch(`/api/v3/${path}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(body),
      });
    await post("logout", {});
    await post("login", { name: "bob", password: "password1234" });
  });
  const other = await harness.tab(page);
  assert.equal(await code(other, "listSessions"), undefined);
  assert.equal(await code(page, "refresh"), undefined);
  assert.equal(await status(page), "signed-in");
  assert.equal(await code(other, "listSessions"), undefined);
  assert.equal(await sessions(), 0);
});

test("bad arguments are refused before it is sent", async () => {
  const page = await leftAlone();
  await harness.server.reachable(true);
  const before = await harness.server.requests();
  assert.equal(await code(page, "revokeSession", "no id"), "invalid_argument");
  assert.equal(await code(page, "login", { name: "", password: "" }), "invalid_argument");
  assert.equal(await code(page, "loginWith", "oidc", { returnTo: "//evil.example" }), "unsafe_redirect");
  assert.equal((await harness.server.requests()) - before, 0);
});

test("what ends all sessions ends them all", async () => {
  await harness.server.act("session", "alice", "1h");
  const page = await leftAlone({ all: true });
  await harness.server.reachable(true);
  await page.reload();
  assert.equal(await code(page, "logout"), undefined); // this one alone, but one of all was pending
  assert.equal(await sessions(), 0);
});

test("calls at once send it once, and a login after it is not ended by it", async () => {
  const page = await leftAlone();
  await harness.server.reachable(true);
  const before = await harness.server.requests();
  const { value } = await attempt(page, async () => {
    const { theClient } = globalThis as unknown as {
      theClient: import("../../src/index.ts").AuthClient;
    };
    const outcomes = await Promise.allSettled([
      theClient.refresh(),
      theClient.login({ name: "bob", password: "password1234" }),
      theClient.getUser(),
      theClient.listSessions(),
    ]);
    return [outcomes[1].status, theClient.getSnapshot().user?.name];
  });
  assert.deepEqual(value, ["fulfilled", "bob"]);
  // Whose session it is, logout, login and who that is, listSessions; and who it is
  // before the login, and while it is under way.
  assert.equal((await harness.server.requests()) - before, 7);
});

for (const [answer, expected] of [
  [{ status: 503 }, "server_error"],
  [{ status: 429 }, "rate_limited"],
] as const) {
  test(`a server that answers with ${answer.status} leaves it pending too`, async () => {
    const page = await harness.page();
    await call(page, "login", [alice]);
    await harness.server.act("answer", { path: "/api/v3/logout", ...answer });
    assert.equal(await code(page, "logout"), expected);
    assert.equal(await status(page), "signed-out");
    await harness.server.act("answer");
    await call(page, "refresh");
    assert.equal(await sessions(), 0);
  });
}

test("one that was aborted is not pending, and leaves unknown", async () => {
  const page = await harness.page();
  await call(page, "login", [alice]);
  await harness.server.act("answer", { path: "/api/v3/logout", status: 204, wait: 3_600_000 });
  const { value } = await attempt(page, async () => {
    const { theClient } = globalThis as unknown as {
      theClient: import("../../src/index.ts").AuthClient;
    };
    const aborting = new AbortController();
    setTimeout(() => aborting.abort("mine"), 100);
    const reason: unknown = await theClient.logout({ signal: aborting.signal }).catch((e: unknown) => e);
    const early: unknown = await theClient
      .logout({ signal: AbortSignal.abort("early") })
      .catch((e: unknown) => e);
    return [
      reason,
      early,
      theClient.getSnapshot().status,
      Object.keys(localStorage).filter((key) => key.includes("logout")),
    ];
  });
  assert.deepEqual(value, ["mine", "early", "unknown", []]);
  await harness.server.act("answer");
  await call(page, "refresh");
  assert.equal(await status(page), "signed-in");
});

test("without a storage it is kept as long as the page", async () => {
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    const outcomes: unknown[] = [];
    const broken = {
      getItem: () => {
        throw new Error("no");
      },
      setItem: () => Promise.reject(new Error("no")),
      removeItem: () => undefined,
    };
    for (const storage of [null, broken]) {
      let offline = false;
      const auth = createAuthClient({
        storage,
        fetch: (url, init) => (offline ? Promise.reject(new TypeError("no")) : fetch(url, init)),
      });
      await auth.login({ name: "alice", password: "password1234" });
      offline = true;
      outcomes.push(await auth.logout().catch((error: unknown) => (error as { code: string }).code));
      offline = false;
      outcomes.push((await auth.refresh()).status);
    }
    return outcomes;
  });
  assert.deepEqual(value, ["network_error", "signed-out", "network_error", "signed-out"]);
  assert.equal(await sessions(), 0);
});
