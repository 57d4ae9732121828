import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import type { AuthClient, Snapshot } from "../../src/index.ts";
import { alice, attempt, call } from "./client.ts";
import { useHarness } from "./harness.ts";

// Who is signed in, as a page is told by getSnapshot and subscribe.

const harness = useHarness();
beforeEach(() => harness.reset());

const me = "/api/v3/users/me";
const headers = { "X-TRAQ-VERSION": "v3.28.4" }; // it is traQ that says so
const answers = (path: string, status: number, more: object = {}): Promise<void> =>
  harness.server.act("answer", { path, status, headers, body: '{"message":"?"}', ...more });
const asUsual = (): Promise<void> => harness.server.act("answer");

/** What a page's client knows, in short. */
const known = async (page: Page): Promise<string> => {
  const { value } = await call(page, "getSnapshot");
  const { status, user } = value as Snapshot;
  return user ? `${status} ${user.name}` : status;
};

/** Calls a method and tells its error's code, or what is then known. */
const after = async (page: Page, method: string, ...args: unknown[]): Promise<unknown> => {
  const { error } = await call(page, method, args);
  return error ? [error["code"] ?? error["name"], await known(page)] : known(page);
};

/** Dispatches an event of the window's, and waits until what it begins has had its time. */
const wake = async (page: Page, type: string, wait = 300): Promise<void> => {
  await page.evaluate((type) => dispatchEvent(new Event(type)), type);
  await new Promise((resolve) => setTimeout(resolve, wait));
};

const watch = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const { createAuthClient } = await import("/pkg/index.js");
    const scope = globalThis as { theClient?: AuthClient; seen?: string[] };
    const auth = (scope.theClient ??= createAuthClient());
    auth.subscribe(({ status }) => (scope.seen ??= []).push(status));
  });
const seen = (page: Page): Promise<string[]> =>
  page.evaluate(() => (globalThis as { seen?: string[] }).seen ?? []);

test("a login, a reload and a logout are known, and a 401 alone means signed out", async () => {
  const page = await harness.page();
  assert.equal(await known(page), "unknown");
  assert.equal(await after(page, "refresh"), "signed-out");
  assert.equal(await after(page, "login", alice), "signed-in alice");
  await page.reload();
  assert.equal(await known(page), "unknown");
  assert.equal(await after(page, "refresh"), "signed-in alice");
  for (const [status, code] of [
    [429, "rate_limited"],
    [503, "server_error"],
    [500, "server_error"],
    [404, "not_found"],
    [403, "insufficient_scope"],
  ] as const) {
    await answers(me, status);
    assert.deepEqual(await after(page, "refresh"), [code, "signed-in alice"]);
    assert.deepEqual(await after(page, "getUser"), [code, "signed-in alice"]);
  }
  await answers(me, 200, { body: "<html>" });
  assert.deepEqual(await after(page, "refresh"), ["invalid_response", "signed-in alice"]);
  await answers(me, 401, { body: "<html>" }); // a proxy's
  assert.deepEqual(await after(page, "refresh"), ["invalid_response", "signed-in alice"]);
  await answers(me, 401, { body: '{"message":"No API key found in request"}', headers: {} }); // a gateway's
  assert.deepEqual(await after(page, "refresh"), ["invalid_response", "signed-in alice"]);
  await answers(me, 401, { body: '{"message":"No such session"}' }); // traQ's, in words of another version
  assert.equal(await after(page, "refresh"), "signed-out");
  await asUsual();
  assert.equal(await after(page, "refresh"), "signed-in alice");
  await asUsual();
  await harness.server.reachable(false);
  assert.deepEqual(await after(page, "refresh"), ["network_error", "signed-in alice"]);
  await harness.server.reachable(true);
  assert.equal(await after(page, "logout"), "signed-out");
  await page.reload();
  assert.equal(await after(page, "refresh"), "signed-out");
});

test("a start without the server is not signed out", async () => {
  const page = await harness.page();
  await call(page, "ready");
  await harness.server.reachable(false);
  assert.deepEqual(await after(page, "refresh"), ["network_error", "unknown"]);
  await harness.server.reachable(true);
});

test("any call's 401 means signed out", async () => {
  for (const [method, ...args] of [
    ["listSessions"],
    ["listAccounts"],
    ["revokeSession", "01a207ab-7610-7cca-92e9-2da640e2838e"],
    ["linkAccount", "oidc", { navigate: false }],
    ["unlinkAccount", "oidc"],
    ["getUser"],
  ] as [string, ...unknown[]][]) {
    const page = await harness.page();
    assert.equal(await after(page, "login", alice), "signed-in alice");
    await page.browserContext().deleteCookie(...(await page.browserContext().cookies()));
    assert.deepEqual(await after(page, method, ...args), ["not_authenticated", "signed-out"]);
    await harness.reset();
  }
});

test("a login that was refused changes nothing but for what its answer says", async () => {
  const page = await harness.page();
  assert.deepEqual(await after(page, "login", { ...alice, password: "?" }), [
    "invalid_credentials",
    "signed-out",
  ]);
  for (const [status, code] of [
    [429, "rate_limited"],
    [503, "server_error"],
    [403, "account_suspended"],
  ] as const) {
    await answers("/api/v3/login", status);
    assert.deepEqual(await after(page, "login", alice), [code, "signed-out"]);
  }
  await asUsual();
  assert.deepEqual(await after(page, "login", { name: "", password: "" }), [
    "invalid_argument",
    "signed-out",
  ]);
  await after(page, "login", alice);
  const other = await harness.tab(page);
  assert.deepEqual(await after(other, "login", alice), ["already_logged_in", "signed-in alice"]);
});

test("a login that failed on its way leaves unknown, until the next answer", async () => {
  const page = await harness.page();
  assert.equal(await after(page, "refresh"), "signed-out");
  await harness.server.reachable(false);
  assert.deepEqual(await after(page, "login", alice), ["network_error", "unknown"]);
  await harness.server.reachable(true);
  assert.equal(await after(page, "refresh"), "signed-out");
  await answers("/api/v3/login", 204, { wait: 3_600_000 });
  assert.deepEqual(await after(page, "login", alice, { timeout: 100 }), ["timeout", "unknown"]);
  await answers("/api/v3/login", 200, { body: "<html>" });
  assert.equal(await after(page, "refresh"), "signed-out");
  assert.deepEqual(await after(page, "login", alice), ["invalid_response", "unknown"]);
  await asUsual();
  assert.equal(await after(page, "login", alice), "signed-in alice");
});

test("a login of which nobody can tell whose it is has taken place", async () => {
  const page = await harness.page();
  await answers(me, 503);
  assert.equal(await after(page, "login", alice), "unknown");
  await asUsual();
  assert.equal(await after(page, "refresh"), "signed-in alice");
});

test("a login whose cookie the browser does not keep says so", async () => {
  const page = await harness.page();
  await answers("/api/v3/login", 204); // without a cookie
  assert.deepEqual(await after(page, "login", alice), ["cookie_not_kept", "signed-out"]);
});

test("subscribe tells the snapshot at once, then real changes only, before the promise settles", async () => {
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    const auth = createAuthClient();
    const { subscribe, getSnapshot, getServerSnapshot } = auth; // detached
    const told: string[] = [getSnapshot().status];
    const unasked = getSnapshot() === getServerSnapshot();
    await auth.refresh();
    const stop = subscribe((snapshot) =>
      told.push(`${snapshot.status} ${String(snapshot === getSnapshot())}`),
    );
    const stopTwice = subscribe(() => told.push("second"));
    stopTwice();
    stopTwice();
    const first = getSnapshot();
    const same = [first === getSnapshot(), unasked];
    await auth.login({ name: "alice", password: "password1234" });
    told.push(`login: ${getSnapshot().status}`);
    const signedIn = getSnapshot();
    await auth.refresh();
    await auth.getUser();
    await auth.listSessions();
    same.push(signedIn === getSnapshot(), Object.isFrozen(signedIn), Object.isFrozen(signedIn.user));
    await auth.logout();
    told.push(`logout: ${getSnapshot().status}`);
    stop();
    await auth.login({ name: "alice", password: "password1234" });
    same.push(getServerSnapshot().status === "unknown");
    return [told, same];
  });
  assert.deepEqual(value, [
    [
      "unknown",
      "signed-out true",
      "second",
      "signed-in true",
      "login: signed-in",
      "signed-out true",
      "logout: signed-out",
    ],
    [true, true, true, true, true, true],
  ]);
});

test("a listener that throws harms nobody, and is reported", async () => {
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    const errors: string[] = [];
    addEventListener("error", ({ error }) => errors.push((error as Error).message));
    const auth = createAuthClient();
    await auth.refresh();
    const told: string[] = [];
    auth.subscribe(() => {
      throw new Error("mine");
    });
    auth.subscribe(({ status }) => told.push(status));
    await auth.login({ name: "alice", password: "password1234" });
    return [told, errors];
  });
  assert.deepEqual(value, [
    ["signed-out", "signed-in"],
    ["mine", "mine"],
  ]);
});

test("what is no listener is refused", async () => {
  const page = await harness.page();
  const { error } = await attempt(page, ({ createAuthClient }) =>
    createAuthClient().subscribe("x" as unknown as () => void),
  );
  assert.equal(error?.["code"], "invalid_argument");
});

test("a page that watches asks once at its start, however it begins", async () => {
  for (const begin of [
    (auth: AuthClient) => void auth.subscribe(() => undefined),
    (auth: AuthClient) => {
      auth.subscribe(() => undefined);
      void auth.refresh();
      void auth.getUser().catch(() => undefined);
    },
    (auth: AuthClient) => {
      void auth.refresh();
      auth.subscribe(() => undefined);
      auth.subscribe(() => undefined);
    },
    (auth: AuthClient) => {
      auth.subscribe(() => undefined)(); // as React's strict mode does
      auth.subscribe(() => undefined);
    },
    async (auth: AuthClient) => {
      auth.subscribe(() => undefined);
      await auth.ready();
      dispatchEvent(new Event("focus"));
      dispatchEvent(new PageTransitionEvent("pageshow"));
      await auth.refresh();
    },
  ]) {
    const page = await harness.page();
    await page.evaluate(`(async () => {
      const { createAuthClient } = await import("/pkg/index.js");
      globalThis.theClient = createAuthClient();
      await (${begin.toString()})(theClient);
    })()`);
    await page.waitForFunction(
      () => (globalThis as { theClient?: AuthClient }).theClient?.getSnapshot().status === "signed-out",
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    assert.equal(await harness.server.requests(), 1, begin.toString());
    await harness.reset();
  }
});

test("a watched page is refreshed when it is looked at again or comes online, at most every 5 s", async () => {
  const page = await harness.page();
  await watch(page);
  const begun = async (count: number): Promise<void> => {
    await page.waitForFunction(
      (count) => {
        const done = performance.getEntriesByType("resource").filter(({ name }) => name.includes("/api/"));
        return done.length >= count;
      },
      { timeout: 10_000 },
      count,
    );
    await new Promise((resolve) => setTimeout(resolve, 300)); // and none comes after
    assert.equal(await harness.server.requests(), count);
  };
  await begun(1);
  assert.equal(await known(page), "signed-out");
  await wake(page, "focus");
  await wake(page, "visibilitychange");
  await begun(1); // within 5 s
  // It signs in elsewhere, which no tab publishes.
  await page.evaluate(
    (user) =>
      fetch("/api/v3/login", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(user),
      }),
    alice,
  );
  const before = await harness.server.requests();
  await wake(page, "online");
  await wake(page, "focus", 5000); // what came online within the 5 s waits for their end
  await begun(before + 1);
  assert.equal(await known(page), "signed-in alice");
  await wake(page, "pageshow", 5200); // of a page that was loaded
  await begun(before + 1);
  await wake(page, "visibilitychange");
  await begun(before + 2);
  for (let i = 3; i < 5; i++) {
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
    await begun(before + i); // out of the back-forward cache, always
  }
  assert.deepEqual(await seen(page), ["unknown", "signed-out", "signed-in"]);
});

test("a machine's sleep and a clock that is set back do not keep a page from asking", async () => {
  const page = await harness.page();
  await watch(page);
  await page.waitForFunction(
    () => (globalThis as { theClient?: AuthClient }).theClient?.getSnapshot().status === "signed-out",
  );
  for (const [i, jump] of [3_600_000, -7_200_000].entries()) {
    const before = await harness.server.requests();
    await page.evaluate((jump) => {
      const { now } = Date;
      Date.now = () => now() + jump; // and performance.now() stood still
    }, jump);
    await wake(page, "visibilitychange");
    assert.equal(await harness.server.requests(), before + 1, String(i));
  }
});

test("a page that nobody watches, or that was disposed of, is not refreshed", async () => {
  const page = await harness.page();
  await page.evaluate(async () => {
    const { createAuthClient } = await import("/pkg/index.js");
    const [one, two] = [createAuthClient(), createAuthClient()];
    one.subscribe(() => undefined)();
    two.subscribe(() => undefined);
    two.dispose();
    two.subscribe(() => undefined);
  });
  await wake(page, "focus");
  assert.equal(await harness.server.requests(), 0);
});

test("refreshes share one request, each within limits of its own", async () => {
  const page = await harness.page();
  await call(page, "ready");
  await answers(me, 401, { body: '{"message":"You are not logged in"}', wait: 600 });
  const before = await harness.server.requests();
  const { value } = await attempt(page, async () => {
    const { theClient } = globalThis as unknown as { theClient: AuthClient };
    const aborting = new AbortController();
    const settle = (promise: Promise<unknown>): Promise<unknown> =>
      promise.catch((error: unknown) => {
        const { code, operation } = error as { code?: string; operation?: string };
        return code ? `${operation ?? ""} ${code}` : error;
      });
    setTimeout(() => aborting.abort("mine"), 100);
    const outcomes = await Promise.all(
      [
        theClient.refresh({ signal: aborting.signal }), // it began it, and leaves
        theClient.refresh({ timeout: 200 }),
        theClient.refresh().then(({ status }) => status),
        theClient.getUser(),
      ].map(settle),
    );
    return [...outcomes, theClient.getSnapshot().status];
  });
  assert.deepEqual(value, [
    "mine",
    "refresh timeout",
    "signed-out",
    "getUser not_authenticated",
    "signed-out",
  ]);
  assert.equal((await harness.server.requests()) - before, 1);
});

test("a refresh for which nobody waits any more is aborted, and the next begins anew", async () => {
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    const signals: AbortSignal[] = [];
    const auth = createAuthClient({
      fetch: (url, init) => {
        signals.push(init?.signal as AbortSignal);
        return signals.length === 1 ? new Promise(() => undefined) : fetch(url, init);
      },
    });
    const both = [auth.refresh({ timeout: 100 }), auth.getUser({ timeout: 200 })];
    await Promise.allSettled(both);
    const after = await auth.refresh();
    return [signals.map(({ aborted }) => aborted), after.status];
  });
  assert.deepEqual(value, [[true, false], "signed-out"]);
});

test("an answer from before a login says nothing of after", async () => {
  const page = await harness.page();
  await answers(me, 401, { body: '{"message":"You are not logged in"}', wait: 500 });
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    const fetches: (() => void)[] = [];
    const auth = createAuthClient({
      fetch: (url, init) => {
        // The refresh's answer comes after the login's.
        if (fetches.length === 0) {
          return new Promise((resolve, reject) =>
            fetches.push(() => void fetch(url, init).then(resolve, reject)),
          );
        }
        return new URL(url as string).pathname.endsWith("/login")
          ? fetch(url, init)
          : Promise.resolve(
              Response.json({
                id: "01a207ab-7610-7cca-92e9-2da640e2838e",
                name: "alice",
                displayName: "Alice",
                iconFileId: "01a207ab-7610-7cca-92e9-2da640e2838e",
              }),
            );
      },
    });
    const early = auth.refresh();
    await auth.login({ name: "alice", password: "password1234" });
    fetches[0]?.();
    return [(await early).status, auth.getSnapshot().status];
  });
  assert.deepEqual(value, ["signed-in", "signed-in"]);
});

test("an answer from before a logout says nothing of after", async () => {
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    let hold = false;
    let release = (): void => undefined;
    const auth = createAuthClient({
      fetch: async (url, init) => {
        const held = hold;
        hold = false;
        const response = await fetch(url, init);
        if (held) {
          await new Promise<void>((resolve) => (release = resolve));
        }
        return response;
      },
    });
    await auth.login({ name: "alice", password: "password1234" });
    hold = true;
    const early = auth.refresh();
    await new Promise((resolve) => setTimeout(resolve, 300)); // it has its answer
    await auth.logout();
    release();
    return [(await early).status, auth.getSnapshot().status];
  });
  assert.deepEqual(value, ["signed-out", "signed-out"]);
});
