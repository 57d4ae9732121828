import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import type { AuthClient } from "../../src/index.ts";
import { alice, attempt, call, loginByFetch } from "./client.ts";
import { useHarness } from "./harness.ts";
import { known } from "./state.ts";
import { waitFor } from "./wait.ts";

// When a page asks who is signed in: as it starts, as it is looked at again, and when it
// is told to; and that an answer which comes late says nothing of what was done since.

const harness = useHarness();
beforeEach(() => harness.reset());

/** Has the server say, late, that nobody is signed in. */
const answersLate = (wait: number): Promise<void> =>
  harness.server.act("answer", {
    path: "/api/v3/users/me",
    status: 401,
    headers: { "X-TRAQ-VERSION": "v3.28.4" }, // it is traQ that says so
    body: '{"message":"You are not logged in"}',
    wait,
  });

/** Dispatches an event of the window's, and waits until what it begins has had its time. */
const wake = async (page: Page, type: string, wait = 300): Promise<void> => {
  await page.evaluate((type) => dispatchEvent(new Event(type)), type);
  await new Promise((resolve) => setTimeout(resolve, wait));
};

/** Has the page's client watch; what it is told is `seen`. */
const watch = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const { createAuthClient } = await import("/pkg/index.js");
    const scope = globalThis as { theClient?: AuthClient; seen?: string[] };
    const auth = (scope.theClient ??= createAuthClient());
    auth.subscribe(({ status }) => (scope.seen ??= []).push(status));
  });

const seen = (page: Page): Promise<string[]> =>
  page.evaluate(() => (globalThis as { seen?: string[] }).seen ?? []);

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
    await waitFor(
      page,
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
    await waitFor(
      page,
      (count) => {
        const done = performance.getEntriesByType("resource").filter(({ name }) => name.includes("/api/"));
        return done.length >= count;
      },
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
  await loginByFetch(page, alice);
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
  await waitFor(
    page,
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
  await answersLate(600);
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
  await answersLate(500);
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
