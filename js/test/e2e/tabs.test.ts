import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import type { AuthClient } from "../../src/index.ts";
import { alice, attempt, bob, call, loginByFetch } from "./client.ts";
import { useHarness } from "./harness.ts";
import { known } from "./state.ts";
import { waitFor } from "./wait.ts";

// What one tab does is known in the others, without their asking.

const harness = useHarness();
beforeEach(() => harness.reset());

interface Watched {
  theClient?: AuthClient;
  told?: string[];
  late?: Promise<unknown> | undefined;
}

/** Has a page's client watch, which asks once who is signed in; with options, a new one. */
const watch = (page: Page, options?: unknown): Promise<void> =>
  page.evaluate(async (options) => {
    // On focus it would ask, and WebDriver gives a tab the focus before all it does there.
    addEventListener("focus", (event) => event.stopImmediatePropagation());
    const { createAuthClient } = await import("/pkg/index.js");
    const scope = globalThis as Watched;
    const auth = options ? createAuthClient(options) : (scope.theClient ??= createAuthClient());
    auth.subscribe(({ status, user }) => (scope.told ??= []).push(user ? `${status} ${user.name}` : status));
  }, options);
const told = (page: Page): Promise<string[]> => page.evaluate(() => (globalThis as Watched).told ?? []);

/** Waits until as much was told, and checks what. */
const receives = async (page: Page, ...texts: string[]): Promise<void> => {
  await waitFor(page, (count) => ((globalThis as Watched).told?.length ?? 0) >= count, texts.length).catch(
    () => undefined, // then what was told says more
  );
  assert.deepEqual(await told(page), texts);
};

/** So many tabs with the same cookies, each of which watches. */
async function tabs(count: number): Promise<[Page, ...Page[]]> {
  const first = await harness.page();
  const rest = [];
  for (let i = 1; i < count; i++) {
    rest.push(await harness.tab(first));
  }
  const all: [Page, ...Page[]] = [first, ...rest];
  for (const page of all) {
    await watch(page);
    await receives(page, "unknown", "signed-out");
  }
  return all;
}

const quiet = (ms = 500): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test("four tabs and one login: all know who it is, and nobody but the one has asked", async () => {
  const [one, ...others] = await tabs(4);
  await call(one, "login", [alice]);
  for (const page of [one, ...others]) {
    await receives(page, "unknown", "signed-out", "signed-in alice");
  }
  await quiet();
  assert.equal(await harness.server.requests(), 4 + 2, "each page's start, the login, and who that is");
  for (const page of others) {
    assert.equal(await known(page), "signed-in alice");
  }
  // They have the whole user, in a snapshot like any other.
  assert.deepEqual(await call(others[0] as Page, "getSnapshot"), await call(one, "getSnapshot"));
  const { value } = await (others[0] as Page).evaluate(() => {
    const { theClient } = globalThis as Watched;
    const snapshot = theClient?.getSnapshot();
    return { value: [Object.isFrozen(snapshot), Object.isFrozen(snapshot?.user)] };
  });
  assert.deepEqual(value, [true, true]);
});

test("a logout in one tab is known in the others, and so is one that is still pending", async () => {
  const [one, two] = (await tabs(2)) as [Page, Page];
  await call(one, "login", [alice]);
  await receives(two, "unknown", "signed-out", "signed-in alice");
  await call(two, "logout");
  await receives(one, "unknown", "signed-out", "signed-in alice", "signed-out");
  await call(one, "login", [alice]);
  await receives(two, "unknown", "signed-out", "signed-in alice", "signed-out", "signed-in alice");
  await harness.server.act("answer", { path: "/api/v3/logout", status: 503, body: "{}" });
  assert.equal((await call(one, "logout")).error?.["code"], "server_error");
  await receives(
    two,
    "unknown",
    "signed-out",
    "signed-in alice",
    "signed-out",
    "signed-in alice",
    "signed-out",
  );
});

test("a login or a logout that failed is not told", async () => {
  const [one, two] = (await tabs(2)) as [Page, Page];
  await call(one, "login", [{ ...alice, password: "wrong" }]);
  assert.equal(await known(one), "signed-out");
  await call(one, "logout", [{ redirect: "//evil.example" }]);
  await quiet();
  assert.deepEqual(await told(two), ["unknown", "signed-out"]);
});

test("the end of the current session is known, too", async () => {
  const [one, two] = (await tabs(2)) as [Page, Page];
  await call(one, "login", [alice]);
  const { value } = await call(one, "listSessions");
  await call(one, "revokeSession", [(value as { id: string }[])[0]?.id]);
  await receives(two, "unknown", "signed-out", "signed-in alice", "signed-out");
});

test("another account's login takes the place of what was known", async () => {
  const [one, two] = (await tabs(2)) as [Page, Page];
  await call(one, "login", [alice]);
  await call(one, "logout");
  await call(one, "login", [bob]);
  await receives(two, "unknown", "signed-out", "signed-in alice", "signed-out", "signed-in bob");
});

test("an answer from before another tab's login says nothing of after", async () => {
  const [one, two] = (await tabs(2)) as [Page, Page];
  await harness.server.act("answer", {
    path: "/api/v3/users/me/sessions",
    status: 401,
    wait: 1000,
    body: '{"message":"You are not logged in"}',
  });
  await two.evaluate(() => {
    const scope = globalThis as Watched;
    scope.late = scope.theClient?.listSessions().catch((error: unknown) => (error as { code: string }).code);
  });
  await call(one, "login", [alice]);
  await receives(two, "unknown", "signed-out", "signed-in alice");
  assert.equal(await two.evaluate(() => (globalThis as Watched).late), "not_authenticated");
  assert.equal(await known(two), "signed-in alice");
});

test("a link and an unlink are told: the listeners are called, and may look", async () => {
  const [one, two] = (await tabs(2)) as [Page, Page];
  await call(one, "login", [alice]);
  await receives(two, "unknown", "signed-out", "signed-in alice");
  await call(one, "linkAccount", ["oidc", { navigate: false }]);
  await harness.server.act("link", "alice", "oidc", "alice_ext");
  assert.equal(((await call(one, "completeRedirect")).value as { outcome: string }).outcome, "linked");
  await receives(two, "unknown", "signed-out", "signed-in alice", "signed-in alice");
  await call(one, "unlinkAccount", ["oidc"]);
  await receives(two, "unknown", "signed-out", "signed-in alice", "signed-in alice", "signed-in alice");
  assert.deepEqual(await told(one), ["unknown", "signed-out", "signed-in alice"], "whoever does it knows");
});

test("a login at a provider is told when the page is back", async () => {
  const [one, two] = (await tabs(2)) as [Page, Page];
  await call(one, "loginWith", ["oidc", { navigate: false }]);
  // Somebody signs in meanwhile, in a way that tells nobody.
  await loginByFetch(one, alice);
  assert.equal(((await call(one, "completeRedirect")).value as { outcome: string }).outcome, "signed-in");
  await receives(two, "unknown", "signed-out", "signed-in alice");
});

test("a pending logout is forgotten when another tab logs in, whose session it would end", async () => {
  const [one, two] = (await tabs(2)) as [Page, Page];
  await call(one, "login", [alice]);
  await receives(two, "unknown", "signed-out", "signed-in alice");
  await harness.server.act("answer", { path: "/api/v3/logout", status: 503, body: "{}" });
  await call(one, "logout");
  await receives(two, "unknown", "signed-out", "signed-in alice", "signed-out");
  await harness.server.act("answer");
  await call(two, "logout");
  await call(two, "login", [alice]);
  await waitFor(one, () => (globalThis as Watched).theClient?.getSnapshot().status === "signed-in");
  assert.equal((await call(one, "getUser")).error, undefined);
  assert.equal((await call(two, "getUser")).error, undefined, "it is still open");
});

test("clients of another server, of a token and of no credentials hear nothing and tell nothing", async () => {
  const [one] = await tabs(1);
  const other = await harness.tab(one);
  for (const options of [{ baseURL: "/other/api/v3" }, { accessToken: "t" }, { credentials: "omit" }]) {
    await watch(other, options);
  }
  await quiet(); // what they ask at their start
  const before = (await told(other)).length;
  await call(one, "login", [alice]);
  await quiet();
  assert.equal((await told(other)).length, before);
  // The other way round: a login whose cookie is not kept, or is not this server's.
  await call(other, "login", [bob], { credentials: "omit" });
  await quiet();
  assert.deepEqual(await told(one), ["unknown", "signed-out", "signed-in alice"]);
});

test("two clients of one page hear each other", async () => {
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    const [one, two] = [createAuthClient(), createAuthClient()];
    const heard = new Promise((resolve) =>
      two.subscribe(({ user }) => {
        if (user) {
          resolve(user.name);
        }
      }),
    );
    await one.login({ name: "alice", password: "password1234" });
    return heard;
  });
  assert.equal(value, "alice");
});

test("nothing secret is told", async () => {
  const [one, two] = (await tabs(2)) as [Page, Page];
  await two.evaluate(() => {
    const scope = globalThis as { messages?: unknown[] };
    scope.messages = [];
    new BroadcastChannel(`traq-auth:tabs:1:${location.origin}/api/v3`).onmessage = ({ data }) =>
      scope.messages?.push(data);
  });
  await call(one, "login", [alice]);
  await call(one, "logout");
  await receives(two, "unknown", "signed-out", "signed-in alice", "signed-out");
  const messages = await two.evaluate(() => (globalThis as { messages?: unknown[] }).messages);
  const { id, iconFileId } = (messages as [{ user: Record<string, string> }])[0].user;
  assert.deepEqual(messages, [
    { status: "signed-in", user: { id, name: "alice", displayName: "alice", iconFileId } },
    { status: "signed-out", user: null },
  ]);
});

test("a client that was disposed of receives nothing", async () => {
  const [one, two] = (await tabs(2)) as [Page, Page];
  await two.evaluate(() => (globalThis as Watched).theClient?.dispose());
  await call(one, "login", [alice]);
  await quiet();
  assert.deepEqual(await told(two), ["unknown", "signed-out"]);
});

test("without BroadcastChannel all else works", async () => {
  const page = await harness.page();
  await page.evaluate(() => {
    delete (globalThis as { BroadcastChannel?: unknown }).BroadcastChannel;
  });
  await watch(page);
  await receives(page, "unknown", "signed-out");
  await call(page, "login", [alice]);
  assert.equal(await known(page), "signed-in alice");
  assert.equal(((await call(page, "listSessions")).value as unknown[]).length, 1);
  await call(page, "logout");
  assert.deepEqual(await told(page), ["unknown", "signed-out", "signed-in alice", "signed-out"]);
});
