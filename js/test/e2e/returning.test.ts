import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import type { AuthClient } from "../../src/index.ts";
import { alice, attempt, call, inWorker, type Outcome } from "./client.ts";
import { needing } from "./engine.ts";
import { useHarness } from "./harness.ts";

// Links and external logins that leave the page for a provider: what
// completeRedirect says of them when the page is back.

const historyTest = needing("history");
const harness = useHarness();
beforeEach(() => harness.reset());

type Leave = "linkAccount" | "loginWith";

/** A page's client; its keys are its own, since the example's page at "/" completes redirects too. */
async function prepare(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const { createAuthClient } = await import("/pkg/index.js");
    const scope = globalThis as { theClient?: AuthClient; shown?: boolean[] };
    scope.theClient ??= createAuthClient({
      storage: {
        getItem: (key) => sessionStorage.getItem(`own ${key}`),
        setItem: (key, value) => sessionStorage.setItem(`own ${key}`, value),
        removeItem: (key) => sessionStorage.removeItem(`own ${key}`),
      },
    });
    addEventListener("pageshow", ({ persisted }) => (scope.shown ??= []).push(persisted));
  });
}

async function pageOf(user?: typeof alice): Promise<Page> {
  const page = await harness.page();
  await prepare(page);
  if (user) {
    await call(page, "login", [user]);
  }
  return page;
}

/** Leaves for the provider. */
async function leave(page: Page, method: Leave, options: object = {}): Promise<void> {
  await Promise.all([
    page.waitForNavigation(),
    page.evaluate(
      (method, options) => {
        const { theClient } = globalThis as unknown as { theClient: AuthClient };
        void theClient[method]("oidc", options);
      },
      method,
      options,
    ),
  ]);
}

/** Decides at the provider; gives where that leads. */
async function decide(page: Page, decision: "approve" | "deny", account = "alice_ext"): Promise<string> {
  await page.locator('input[name="account"]').fill(account);
  await Promise.all([page.waitForNavigation(), page.click(`button[value="${decision}"]`)]);
  return new URL(page.url()).pathname;
}

/** Comes back as to a new page, and asks what became of it. */
async function back(page: Page): Promise<Outcome> {
  await page.goto(`${harness.server.origin}/_test/blank`);
  await prepare(page);
  return call(page, "completeRedirect");
}

const status = async (page: Page): Promise<unknown> =>
  ((await call(page, "getSnapshot")).value as { status: string }).status;

const outcome = (kind: string, outcome: string, returnTo: string | null = null): object => ({
  value: { kind, provider: "oidc", outcome, returnTo },
});

test("a link that was approved is linked, and told once", async () => {
  const page = await pageOf(alice);
  await leave(page, "linkAccount", { returnTo: "settings?tab=1#linked" });
  assert.equal(await decide(page, "approve"), "/");
  const returnTo = `${harness.server.origin}/_test/settings?tab=1#linked`;
  assert.deepEqual(await back(page), outcome("link", "linked", returnTo));
  assert.deepEqual(await call(page, "completeRedirect"), { value: null });
  assert.deepEqual(await back(page), { value: null });
});

test("a link that was denied is unchanged", async () => {
  const page = await pageOf(alice);
  await leave(page, "linkAccount");
  assert.equal(await decide(page, "deny"), "/api/auth/oidc/callback");
  assert.deepEqual(await back(page), outcome("link", "unchanged"));
});

for (const [answer, expected] of [
  ["abandon", "unchanged"],
  ["approve", "linked"],
] as const) {
  historyTest(`the back button after: ${answer}`, async () => {
    const page = await pageOf(alice);
    await leave(page, "linkAccount");
    if (answer === "approve") {
      await decide(page, "approve");
      await page.goBack();
    }
    await page.goBack();
    const shown = await page.evaluate(() => (globalThis as { shown?: boolean[] }).shown);
    assert.deepEqual(shown, [true], "from the back-forward cache");
    assert.deepEqual(await call(page, "completeRedirect"), outcome("link", expected));
    assert.deepEqual(await call(page, "completeRedirect"), { value: null });
  });
}

test("a link that another tab has made meanwhile is linked, in both", async () => {
  const page = await pageOf(alice);
  const other = await harness.tab(page);
  await prepare(other);
  await leave(page, "linkAccount", { returnTo: "/one" });
  await leave(other, "linkAccount", { returnTo: "/two" });
  assert.equal(await decide(other, "approve"), "/");
  assert.deepEqual(await back(other), outcome("link", "linked", `${harness.server.origin}/two`));
  await page.bringToFront();
  await page.goto(`${harness.server.origin}/api/auth/oidc?link=1`); // the cookie was the other tab's
  assert.equal(await decide(page, "approve"), "/api/auth/oidc/callback", "it is linked already");
  assert.deepEqual(await back(page), outcome("link", "linked", `${harness.server.origin}/one`));
});

test("a link whose session has gone meanwhile is unchanged, and signed out", async () => {
  const page = await pageOf(alice);
  await leave(page, "linkAccount");
  await page.browserContext().deleteCookie(...(await page.browserContext().cookies()));
  assert.deepEqual(await back(page), outcome("link", "unchanged"));
  assert.equal(await status(page), "signed-out");
});

test("a login that was approved is signed in", async () => {
  await harness.server.act("link", "alice", "oidc", "alice_ext");
  const page = await pageOf();
  await leave(page, "loginWith", { returnTo: "/channels/general" });
  assert.equal(await decide(page, "approve"), "/");
  assert.deepEqual(
    await back(page),
    outcome("login", "signed-in", `${harness.server.origin}/channels/general`),
  );
  assert.equal(await status(page), "signed-in", "it is known when it is told");
  assert.deepEqual(await call(page, "completeRedirect"), { value: null });
});

for (const [decision, account, why] of [
  ["deny", "alice_ext", "denied"],
  ["approve", "nobody_ext", "of no member's account"],
] as const) {
  test(`a login that was ${why} is unchanged`, async () => {
    await harness.server.act("link", "alice", "oidc", "alice_ext");
    const page = await pageOf();
    await leave(page, "loginWith");
    assert.equal(await decide(page, decision, account), "/api/auth/oidc/callback");
    assert.deepEqual(await back(page), outcome("login", "unchanged"));
    assert.equal(await status(page), "signed-out");
  });
}

test("who is signed in already is refused here, not by a page of the server's", async () => {
  await call(await pageOf(alice), "logout");
  const page = await pageOf(alice);
  const fresh = await harness.tab(page); // which does not know yet
  const { error } = await call(fresh, "loginWith", ["oidc"]);
  assert.equal(error?.["code"], "already_logged_in");
  assert.equal(await status(fresh), "signed-in");
  assert.deepEqual(await call(fresh, "completeRedirect"), { value: null });
});

test("a server that cannot be reached leaves the question open", async () => {
  const page = await pageOf(alice);
  await leave(page, "linkAccount");
  await decide(page, "approve");
  for (const [status, code] of [
    [503, "server_error"],
    [429, "rate_limited"],
  ] as const) {
    await harness.server.act("answer", { path: "/api/v3/users/me/ex-accounts", status });
    assert.equal((await back(page)).error?.["code"], code);
  }
  await harness.server.act("answer");
  await harness.server.reachable(false);
  assert.equal((await call(page, "completeRedirect")).error?.["code"], "network_error");
  await harness.server.reachable(true);
  assert.deepEqual(await call(page, "completeRedirect"), outcome("link", "linked"));
});

test("who asks twice at once is told the same", async () => {
  const page = await pageOf(alice);
  await leave(page, "linkAccount");
  await back(page).catch(() => undefined);
  await leave(page, "linkAccount");
  await page.goto(`${harness.server.origin}/_test/blank`);
  await prepare(page);
  const { value } = await attempt(page, async () => {
    const { theClient } = globalThis as unknown as { theClient: AuthClient };
    return (await Promise.all([theClient.completeRedirect(), theClient.completeRedirect()])).map(
      (told) => told?.outcome,
    );
  });
  assert.deepEqual(value, ["unchanged", "unchanged"]);
});

test("a provider that the server does not name is refused, and nothing is kept", async () => {
  const page = await pageOf(alice);
  for (const method of ["linkAccount", "loginWith"]) {
    const { error } = await call(page, method, ["github"]);
    assert.equal(error?.["code"], "provider_not_enabled", method);
  }
  assert.equal(new URL(page.url()).pathname, "/_test/blank");
  assert.deepEqual(await call(page, "completeRedirect"), { value: null });
});

test("an address to return to that is not safe sends nothing", async () => {
  const page = await pageOf(alice);
  const before = await harness.server.requests();
  for (const returnTo of [
    "https://evil.example/",
    "//evil.example",
    "/\\evil.example",
    "javascript:alert(1)",
    "/\n",
  ]) {
    for (const method of ["linkAccount", "loginWith"]) {
      const { error } = await call(page, method, ["oidc", { returnTo }]);
      assert.equal(error?.["code"], "unsafe_redirect", returnTo);
      assert.match(error["message"] as string, /returnTo/);
    }
  }
  const { error } = await call(page, "linkAccount", ["oidc", { returnTo: 1 }]);
  assert.equal(error?.["code"], "invalid_argument");
  assert.equal(await harness.server.requests(), before);
});

test("what waits is forgotten after ten minutes, and foreign values are refused", async () => {
  const page = await pageOf(alice);
  const right = {
    kind: "link",
    provider: "oidc",
    returnTo: null,
    nonce: 0.5,
    time: Date.now(),
  };
  const values: [string, boolean][] = [
    [JSON.stringify(right), true],
    [JSON.stringify({ ...right, time: Date.now() - 599_000 }), true],
    [JSON.stringify({ ...right, time: Date.now() - 601_000 }), false],
    [JSON.stringify({ ...right, time: Date.now() + 601_000 }), false],
    ...Object.keys(right).flatMap((name): [string, boolean][] => [
      [JSON.stringify({ ...right, [name]: undefined }), false],
      [JSON.stringify({ ...right, [name]: [] }), false],
    ]),
    [JSON.stringify({ ...right, kind: "constructor" }), false],
    [JSON.stringify({ ...right, returnTo: `${harness.server.origin}/x` }), true],
    [JSON.stringify({ ...right, returnTo: "javascript:alert(1)" }), false],
    [JSON.stringify({ ...right, returnTo: "https://evil.example/" }), false],
    [JSON.stringify({ ...right, returnTo: "/x" }), false],
    [`{"__proto__":${JSON.stringify(right)}}`, false],
    ["{}", false],
    ["[]", false],
    ["null", false],
    ['"link"', false],
    ["1", false],
    ["{", false],
    ["", false],
  ];
  for (const [text, told] of values) {
    const { value } = await attempt(
      page,
      async (_, text) => {
        const { theClient } = globalThis as unknown as { theClient: AuthClient };
        const key = `own traq-auth:redirect:${location.origin}/api/v3`;
        sessionStorage.setItem(key, text);
        Object.assign(Object.prototype, { kind: "link", nonce: 1 });
        try {
          return [await theClient.completeRedirect(), sessionStorage.getItem(key)];
        } finally {
          delete (Object.prototype as { kind?: unknown }).kind;
          delete (Object.prototype as { nonce?: unknown }).nonce;
        }
      },
      text,
    );
    const [outcome, left] = value as [unknown, string | null];
    assert.equal(outcome !== null, told, text);
    assert.ok(left === null || ["null", "{", ""].includes(text), `${text} is left behind`);
  }
});

test("with no storage nothing is told; one that never answers is given its time", async () => {
  const page = await pageOf(alice);
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    const never = new Promise<never>(() => undefined);
    const hangs = { getItem: () => never, setItem: () => never, removeItem: () => never };
    const told: unknown[] = [];
    const none = createAuthClient({ storage: null });
    await none.linkAccount("oidc", { navigate: false });
    told.push(await none.completeRedirect());
    const auth = createAuthClient({ storage: hangs, timeout: 200 });
    for (const promise of [
      auth.completeRedirect(),
      auth.linkAccount("oidc", { navigate: false }),
      auth.refresh(),
    ]) {
      told.push(await promise.catch((error: unknown) => (error as { code: string }).code));
    }
    return told;
  });
  assert.deepEqual(value, [null, "timeout", "timeout", "timeout"]);
});

test("in a worker neither leaves but with an address alone", async () => {
  const page = await pageOf();
  const value = await inWorker(
    page,
    `
      const refused = await auth.loginWith("oidc").catch(({ code }) => code);
      const { url } = await auth.loginWith("oidc", { navigate: false });
      auth.subscribe(() => {});
      return [refused, url, await auth.completeRedirect(), (await auth.refresh()).status];`,
  );
  const url = `${harness.server.origin}/api/auth/oidc`;
  assert.deepEqual(value, ["browser_required", url, null, "signed-out"]);
});
