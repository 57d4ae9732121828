/* eslint-disable max-lines-per-function -- a page is given one function, as text */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { attempt } from "./client.ts";
import { useHarness } from "./harness.ts";

// What a caller may hand in: the wrong kind, getters that throw, a fetch that
// does what it likes. Each is a rejected promise with a code, and the client
// lives on.

const harness = useHarness();
beforeEach(() => harness.reset());

test("arguments of the wrong kind", async () => {
  const page = await harness.page();

  const { value } = await attempt(page, async ({ createAuthClient, isAuthError }) => {
    const auth = createAuthClient() as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
    const throwing = new Proxy(
      {},
      {
        get() {
          throw new Error("get");
        },
      },
    );
    const tries: [string, ...unknown[]][] = [
      ["login"],
      ["login", null],
      ["login", 7],
      ["login", {}],
      ["login", { name: "alice" }],
      ["login", { name: 7, password: "x" }],
      ["login", { name: "alice", password: Symbol("x") }],
      ["login", throwing],
      ["login", { name: "alice", password: "x" }, throwing],
      ["login", { name: "alice", password: "x" }, { redirect: 7 }],
      ["login", { name: "alice", password: "x" }, { redirect: {} }],
      ["login", { name: "alice", password: "x" }, { signal: {} }],
      ["logout", throwing],
      ["logout", { all: "yes" }],
      ["logout", { all: 1 }],
      ["revokeSession"],
      ["revokeSession", {}],
      ["revokeSession", ["01a207ab-7610-7cca-92e9-2da640e2838e"]],
      ["linkAccount"],
      ["linkAccount", null],
      ["linkAccount", "oidc", throwing],
      ["linkAccount", "oidc", { navigate: "yes" }],
      ["unlinkAccount", 1n],
      ["login", { name: "alice", password: "x".repeat(17 << 20) }, { timeout: 0 }], // it takes a while to be written
      ["listSessions", throwing],
      ["listSessions", { signal: "x" }],
      ["getUser", { timeout: -1 }],
      ["ready", { signal: 1 }],
    ];
    const wrong: string[] = [];
    for (const [method, ...args] of tries) {
      let promise: Promise<unknown>;
      try {
        promise = auth[method]?.(...args) as Promise<unknown>;
      } catch {
        wrong.push(`${method} ${String(args[0])} threw`);
        continue;
      }
      const error: unknown = await promise.catch((error: unknown) => error);
      if (!isAuthError(error) || error.code !== "invalid_argument" || error.operation !== method) {
        wrong.push(`${method} ${JSON.stringify(args[0] ?? null)}: ${String(error)}`);
      }
    }
    return [tries.length, wrong];
  });
  assert.deepEqual(value, [28, []]);
  assert.equal(await harness.server.requests(), 0, "nothing is sent");
});

test("options of a client that cannot be", async () => {
  const page = await harness.page();
  const { value } = await attempt(page, ({ createAuthClient, isAuthError }) =>
    [
      null,
      { baseURL: 7 },
      { baseURL: null },
      { authURL: {} },
      { credentials: "all" },
      { timeout: -1 },
      { fetch: "x" },
      { navigate: true },
      { accessToken: 7 },
      { allowedRedirectOrigins: ["nope"] },
      { allowedRedirectOrigins: "https://a.example" },
      { allowedRedirectOrigins: 7 },
      {
        get baseURL() {
          throw new Error("get");
        },
      },
    ].filter((options) => {
      try {
        createAuthClient(options as never);
      } catch (error) {
        return !isAuthError(error) || error.code !== "invalid_argument";
      }
      return true;
    }),
  );
  assert.deepEqual(value, []);
  const { error } = await attempt(page, ({ createAuthClient }) =>
    createAuthClient({ baseURL: "ftp://q.example" }).getUser(),
  );
  assert.equal(error?.["code"], "invalid_argument");
});

test("an access token that fails to come", async () => {
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    const sources: (() => unknown)[] = [
      () => {
        throw new Error("x");
      },
      () => {
        throw null;
      },
      () => Promise.reject(new Error("x")),
      () => 7,
      () => Promise.resolve(null),
    ];
    const codes = [];
    for (const accessToken of sources) {
      const auth = createAuthClient({ accessToken: accessToken as () => string });
      codes.push(await auth.getUser().catch((error: unknown) => (error as { code: string }).code));
    }
    return codes;
  });
  assert.deepEqual(value, Array(5).fill("invalid_argument"));
  assert.equal(await harness.server.requests(), 0);
});

test("a fetch that throws, rejects with anything, or gives no response", async () => {
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient, isAuthError }) => {
    const fetches: ((...args: Parameters<typeof fetch>) => unknown)[] = [
      () => {
        throw new Error("x");
      },
      () => {
        throw null;
      },
      () => Promise.reject(new TypeError("x")),
      () => Promise.reject(null),
      () => Promise.reject("text"),
      () => Promise.reject(undefined),
      () => undefined,
      () => null,
      () => 7,
      () => ({}),
      () => ({ body: null }),
      () =>
        new Proxy(
          {},
          {
            get() {
              throw null;
            },
          },
        ),
      () =>
        new Response(
          new ReadableStream({
            pull() {
              throw new Error("x");
            },
          }),
        ),
    ];
    const codes = [];
    let broken = true;
    for (const own of fetches) {
      const auth = createAuthClient({
        fetch: ((...args: Parameters<typeof fetch>) =>
          broken ? own(...args) : fetch(...args)) as typeof fetch,
      });
      broken = true;
      const error: unknown = await auth.listSessions().catch((error: unknown) => error);
      broken = false;
      const later = await auth.getServerInfo();
      codes.push(isAuthError(error) && later.version ? error.code : String(error));
    }
    return codes;
  });
  assert.deepEqual(value, Array(13).fill("network_error"));
});

test("a fetch whose response does not stream is read", async () => {
  const page = await harness.page();
  const { value } = await attempt(page, ({ createAuthClient }) =>
    createAuthClient({
      fetch: (() =>
        Promise.resolve({
          status: 200,
          type: "basic",
          redirected: false,
          headers: new Headers(),
          arrayBuffer: () => Promise.resolve(new TextEncoder().encode("[]").buffer),
        })) as unknown as typeof fetch,
    }).listSessions(),
  );
  assert.deepEqual(value, []);
});

test("no error holds a credential", async () => {
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    const secret = "s3cret-p4ssword";
    const token = "s3cret t0ken";
    const auth = createAuthClient({ accessToken: token, fetch: () => Promise.reject(new Error("offline")) });
    const errors = await Promise.all(
      [
        auth.login({ name: "alice", password: secret }),
        auth.login({ name: "not a name", password: secret }),
        auth.login({ name: "alice", password: secret }, { redirect: "//x" }),
        auth.getUser(),
      ].map((promise) => promise.catch((error: unknown) => error as Error)),
    );
    return errors.filter((error) =>
      [JSON.stringify(error), (error as Error).message, (error as Error).stack ?? ""].some((text) =>
        /s3cret|p4ss|t0ken/.test(text),
      ),
    ).length;
  });
  assert.equal(value, 0);
});

test("a lone surrogate is sent as U+FFFD", async () => {
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    let sent = "";
    await createAuthClient({
      fetch: (_, init) => {
        sent ||= init?.body as string; // the login's; it then asks who is signed in
        return Promise.resolve(new Response(null, { status: 204 }));
      },
    }).login({ name: "alice", password: "a\ud800b😀" });
    return JSON.parse(sent) as unknown;
  });
  assert.deepEqual(value, { name: "alice", password: "a\ufffdb😀" });
});
