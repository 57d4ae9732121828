import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import { alice, attempt, call } from "./client.ts";
import { useHarness } from "./harness.ts";

// A storage that fails is as good as none; one that is slow is waited for, and
// one that never answers for as long as the call may take.

const harness = useHarness();
beforeEach(() => harness.reset());

/** Storages by what they do, each an expression; `memory` is one that works, `later(ms, value)` a promise. */
const asNone = {
  "getItem throws": "{ ...memory(), getItem() { throw new Error('no'); } }",
  "setItem throws": "{ ...memory(), setItem() { throw new DOMException('full', 'QuotaExceededError'); } }",
  "removeItem throws too": "all(() => { throw new Error('no'); })",
  "what is thrown is no error": "all(() => { throw undefined; })",
  "what is thrown cannot be shown":
    "all(() => { throw { toString() { throw 1; }, get message() { throw 2; } }; })",
  "all reject": "all(() => Promise.reject(new Error('no')))",
  "all reject with nothing": "all(() => Promise.reject())",
  "there are no methods": "{}",
  "the methods are none": "{ getItem: 1, setItem: 'x', removeItem: null }",
  "getters throw":
    "Object.defineProperties({}, Object.fromEntries(['getItem', 'setItem', 'removeItem'].map((name) => [name, { get() { throw new Error('no'); } }])))",
  "a proxy throws": "new Proxy({}, { get() { throw new Error('no'); } })",
  "setItem lies": "{ ...memory(), setItem() {} }",
  "setItem writes something else": "{ ...memory(), getItem: () => 'x' }",
  "getItem gives numbers": "{ ...memory(), getItem: () => 5 }",
  "getItem gives objects": "{ ...memory(), getItem: () => ({ all: true, user: null }) }",
  "getItem gives functions": "{ ...memory(), getItem: () => () => '{}' }",
  "getItem gives String objects": "{ ...memory(), getItem: () => new String('{}') }",
  "getItem gives undefined": "{ ...memory(), getItem: () => undefined }",
  "getItem gives symbols": "{ ...memory(), getItem: () => Symbol('x') }",
  "getItem gives promises of objects": "{ ...memory(), getItem: () => Promise.resolve([]) }",
  "getItem gives the key": "{ ...memory(), getItem: (key) => key }",
  "thenables throw": "all(() => ({ then() { throw new Error('no'); } }))",
  "a thenable's then throws":
    "all(() => Object.defineProperty({}, 'then', { get() { throw new Error('no'); } }))",
  "thenables reject twice": "all(() => ({ then(done, failed) { failed(1); failed(2); done(3); } }))",
  "it is frozen and empty": "Object.freeze({ getItem: () => null, setItem() {}, removeItem() {} })",
  null: "null",
};
const asOne = {
  "it works": "memory()",
  "it answers later": "later(20, 20)",
  "it writes slowly": "later(300, 0)",
  "it reads slowly": "later(0, 1000)",
  "it answers with thenables": "thenables()",
  "its methods need it":
    "new (class extends Map { getItem(key) { return this.get(key) ?? null; } setItem(key, text) { this.set(key, text); } removeItem(key) { this.delete(key); } })()",
  "removeItem is slow": "later(0, 0, 300)",
};
const never = {
  "nothing settles": "all(() => new Promise(() => {}))",
  "thenables never settle": "all(() => ({ then() {} }))",
  "reads never settle": "{ ...memory(), getItem: () => new Promise(() => {}) }",
  "writes never settle": "{ ...memory(), setItem: () => new Promise(() => {}) }",
  "removals never settle": "{ ...memory(), removeItem: () => ({ then() {} }) }",
};

const helpers = `
  const all = (method) => ({ getItem: method, setItem: method, removeItem: method });
  const memory = () => {
    const kept = new Map();
    return { getItem: (key) => kept.get(key) ?? null, setItem: (key, text) => void kept.set(key, text), removeItem: (key) => void kept.delete(key) };
  };
  const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
  const later = (writing, reading, removing = writing) => {
    const { getItem, setItem, removeItem } = memory();
    return {
      getItem: async (key) => (await sleep(reading), getItem(key)),
      setItem: async (key, text) => (await sleep(writing), setItem(key, text)),
      removeItem: async (key) => (await sleep(removing), removeItem(key)),
    };
  };
  const thenables = () => {
    const { getItem, setItem, removeItem } = memory();
    const later = (method) => (...args) => ({ then(done) { setTimeout(() => done(method(...args))); } });
    return { getItem: later(getItem), setItem: later(setItem), removeItem: later(removeItem) };
  };`;

interface Life {
  readonly outcomes: readonly unknown[];
  readonly errors: readonly string[];
  /** The longest that a call took, in milliseconds. */
  readonly took: number;
}

/** A client's life with a storage: of a login, a link, and a logout that cannot be sent at first. */
// eslint-disable-next-line max-lines-per-function -- a page is given one function, as text
async function live(page: Page, storage: string, timeout: number): Promise<Life> {
  const { value, error } = await attempt(
    page,
    async ({ createAuthClient }, argument) => {
      const { storage, timeout, helpers } = JSON.parse(argument) as Record<string, string> & {
        timeout: number;
      };
      const errors: string[] = [];
      const onError = ({ message }: ErrorEvent): void => void errors.push(message);
      const onRejection = ({ reason }: PromiseRejectionEvent): void => void errors.push(String(reason));
      addEventListener("error", onError);
      addEventListener("unhandledrejection", onRejection);
      const kept = (0, eval)(
        `(() => { ${String(helpers)}; return ${String(storage)}; })()`,
      ) as Storage | null;
      await fetch("/api/v3/logout", { method: "POST" }); // of whomever the life before has left there
      let lost = false;
      let took = 0;
      const fresh = (): ReturnType<typeof createAuthClient> =>
        createAuthClient({
          storage: kept,
          timeout,
          fetch: (url, init) =>
            lost && (url as string).endsWith("/logout")
              ? Promise.reject(new TypeError("lost"))
              : fetch(url, init),
        });
      const settle = async (promise: Promise<unknown>): Promise<unknown> => {
        const begun = performance.now();
        try {
          const value = (await promise) as { status?: string; name?: string } | undefined;
          return value?.status ?? value?.name ?? (value ? "done" : String(value));
        } catch (error) {
          return String((error as { code?: string }).code ?? error);
        } finally {
          took = Math.max(took, performance.now() - begun);
        }
      };
      const auth = fresh();
      const outcomes = [
        await settle(auth.login({ name: "alice", password: "password1234" })),
        await settle(auth.refresh()),
        await settle(auth.linkAccount("oidc", { navigate: false, returnTo: "/_test/blank" })),
      ];
      const next = fresh();
      outcomes.push(await settle(next.completeRedirect()), await settle(next.completeRedirect()));
      const sessions = await next.listSessions().catch(() => []);
      outcomes.push(sessions.map(({ current }) => String(current)).join());
      lost = true;
      outcomes.push(await settle(next.logout()), next.getSnapshot().status);
      lost = false;
      outcomes.push(await settle(next.refresh()));
      outcomes.push(await settle(next.login({ name: "bob", password: "password1234" })));
      outcomes.push(await settle(fresh().getUser()), await settle(next.logout()));
      await new Promise((resolve) => setTimeout(resolve, 50));
      for (const client of [auth, next]) {
        client.dispose();
      }
      removeEventListener("error", onError);
      removeEventListener("unhandledrejection", onRejection);
      return { outcomes, errors, took };
    },
    JSON.stringify({ storage, timeout, helpers }),
  );
  assert.equal(error, undefined, storage);
  return value as Life;
}

const outcomesWith = (redirect: string): string[] => [
  ...["done", "signed-in", "done", redirect, "null", "true"],
  ...["network_error", "signed-out", "signed-out", "done", "bob", "done"],
];

for (const [kind, storages, redirect] of [
  ["as none", asNone, "null"],
  ["waited for", asOne, "done"],
] as const) {
  test(`storages that are ${kind}`, async () => {
    const wrong = [];
    const page = await harness.page();
    for (const [name, storage] of Object.entries(storages)) {
      const { outcomes, errors } = await live(page, storage, 10_000);
      if (JSON.stringify([outcomes, errors]) !== JSON.stringify([outcomesWith(redirect), []])) {
        wrong.push(`${name}: ${outcomes.join(" ")} ${errors.join()}`);
      }
    }
    assert.ok(!wrong.length, `${outcomesWith(redirect).join(" ")} is right\n${wrong.join("\n")}`);
  });
}

test("storages that never answer are given a call's time", async () => {
  const documented = [
    "done",
    "signed-in",
    "signed-out",
    "null",
    "bob",
    "timeout",
    "network_error",
    "unknown",
    "true",
    "",
  ];
  const page = await harness.page();
  for (const [name, storage] of Object.entries(never)) {
    const { outcomes, errors, took } = await live(page, storage, 400);
    assert.deepEqual(errors, [], name);
    assert.ok(took < 3000, `${name}: ${took} ms`);
    for (const outcome of outcomes) {
      assert.ok(
        ["not_authenticated", "already_logged_in", ...documented].includes(String(outcome)),
        `${name}: ${outcomes.join(" ")}`,
      );
    }
  }
});

test("a page's own storages that are full, or that it is not let at, are as none", async () => {
  const page = await harness.page();
  for (const how of [
    `for (const of of [localStorage, sessionStorage]) {
      for (let size = 2 ** 23; size >= 1; size /= 2) {
        try { of.setItem("full" + size, "x".repeat(size)); } catch {}
      }
    }`,
    `for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(globalThis, name, { get() { throw new DOMException("no", "SecurityError"); } });
    }`,
    `for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(globalThis, name, { value: null });
    }`,
    `for (const name of ["getItem", "setItem", "removeItem"]) {
      Storage.prototype[name] = () => { throw new Error("no"); };
    }`,
  ]) {
    await page.evaluate(`(() => { ${how} })()`);
    assert.equal((await call(page, "login", [alice])).error, undefined, how);
    assert.equal((await call(page, "linkAccount", ["oidc", { navigate: false }])).error, undefined, how);
    assert.deepEqual(await call(page, "completeRedirect"), { value: null }, how);
    await harness.server.act("answer", { path: "/api/v3/logout", status: 503, body: "{}" });
    assert.equal((await call(page, "logout")).error?.["code"], "server_error", how);
    await harness.server.act("answer");
    assert.equal(((await call(page, "refresh")).value as { status: string }).status, "signed-out", how);
    await page.reload(); // the next is let at its storages again
    await page.evaluate(() => {
      localStorage.clear();
      sessionStorage.clear();
    });
  }
});
