import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { type AuthClient, type AuthClientOptions, createAuthClient } from "../../../src/index.ts";
import { prefetchRequest } from "../../../src/call/prefetch.ts";
import { prefetchRequest as prefetchOAuth2 } from "../../../src/call/prefetch-oauth2.ts";
import type { Operation } from "../../../src/types.ts";
import { encode, Kind } from "../../../src/module/wire.ts";
import { callWith, module, newRuntime, oauth2Module } from "../module.ts";

const base = "https://q.example/api/v3";
const reads = ["listSessions", "listAccounts", "getUser", "listProviders", "getServerInfo"] as const;

for (const operation of reads) {
  test(`what is prefetched for ${operation} is what the module asks for`, async () => {
    for (const credentials of ["omit", "same-origin", "include"] as const) {
      const runtime = await newRuntime();
      const asked: (readonly (string | null)[])[] = [];
      const call = encode(Kind.call, [0, 0, 0, 0, 0.5], [base, null, credentials, null]);
      await callWith(runtime, operation, call, ({ texts }) => {
        asked.push(texts);
        return Promise.resolve(encode(Kind.response, [1], []));
      });
      const prefetched = prefetchRequest(operation, base, credentials, undefined, []) ?? [];
      assert.deepEqual(asked, [[...prefetched, null, null]]);
    }
  });
}

test("what is prefetched with a token, for the OAuth2 client, is what its module asks for", async () => {
  const runtime = await newRuntime(oauth2Module);
  for (const scope of [
    "read",
    "profile",
    "openid profile",
    "profile read",
    "read write",
    "write",
    "reader profile",
    "pread",
    "",
  ]) {
    const asked: (readonly (string | null)[])[] = [];
    const texts = ["the-app", null, scope];
    const call = encode(Kind.call, [1, 0, 0, 0, 0.5], [base, null, "omit", "t0k.en", ...texts]);
    await callWith(runtime, "getUser", call, ({ texts }) => {
      asked.push(texts);
      return Promise.resolve(encode(Kind.response, [1], []));
    });
    const prefetched = prefetchOAuth2("getUser", base, "omit", "t0k.en", texts) ?? [];
    assert.deepEqual(asked, [[...prefetched, null]], scope);
  }
  assert.equal(prefetchOAuth2("getUser", base, "omit", "", ["the-app", null, "read"]), undefined);
  assert.equal(prefetchOAuth2("logout", base, "omit", "t", ["the-app", "", "read", "t"]), undefined);
});

test("nothing is prefetched for what changes something, or carries a token", () => {
  const others: Operation[] = [
    "login",
    "logout",
    "revokeSession",
    "linkAccount",
    "unlinkAccount",
    "loginWith",
  ];
  for (const operation of others) {
    assert.equal(prefetchRequest(operation, base, "include", null, []), undefined, operation);
  }
  for (const operation of reads) {
    assert.equal(prefetchRequest(operation, base, "omit", "a token", []), undefined, operation);
  }
});

/** A client whose module comes when it is told to, and what it has asked its server, which knows nobody. */
function slowModule(
  t: TestContext,
  options: AuthClientOptions = {},
): {
  auth: AuthClient;
  requests: string[];
  load: (module: WebAssembly.Module | Promise<WebAssembly.Module>) => void;
} {
  const requests: string[] = [];
  let load!: (module: WebAssembly.Module | Promise<WebAssembly.Module>) => void;
  const loading = new Promise<WebAssembly.Module>((resolve) => (load = resolve));
  const auth = createAuthClient({
    baseURL: base,
    wasm: () => loading,
    fetch: (url, init) => {
      requests.push(`${init?.method ?? "GET"} ${(url as string).slice(base.length)}`);
      return Promise.resolve(Response.json({ message: "You are not logged in" }, { status: 401 }));
    },
    ...options,
  });
  t.after(() => auth.dispose());
  return { auth, requests, load };
}

const uuid = "0197a1f4-3b5e-7c7a-9d5e-2f1a6b3c4d5e";
const soon = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 20));

for (const operation of reads) {
  test(`${operation} asks its server while the module loads, and once`, async (t) => {
    const { auth, requests, load } = slowModule(t);
    const told = auth[operation]().catch((error: unknown) => error);
    await soon();
    assert.equal(requests.length, 1);
    load(module);
    assert.equal(((await told) as { code?: string }).code, "not_authenticated");
    assert.equal(requests.length, 1);
  });
}

for (const [first, entries] of [
  ["the answer", 1],
  ["the module", 2],
] as const) {
  test(`where ${first} comes first, the module is entered ${entries === 1 ? "once" : "twice"}`, async (t) => {
    const instantiate = WebAssembly.instantiate as (...args: unknown[]) => Promise<WebAssembly.Instance>;
    let entered = 0;
    t.mock.method(WebAssembly, "instantiate", async (...args: unknown[]) => {
      const { exports } = await instantiate(...args);
      const list = exports["listSessions"] as (at: number, size: number) => number;
      return {
        exports: { ...exports, listSessions: (at: number, size: number) => (entered++, list(at, size)) },
      };
    });
    let answer!: (response: Response) => void;
    const answering = new Promise<Response>((resolve) => (answer = resolve));
    const { auth, load } = slowModule(t, { fetch: () => answering });
    const told = auth.listSessions();
    const events = [
      () => answer(Response.json([{ id: uuid, issuedAt: "2026-01-01T00:00:00Z" }])),
      () => load(module),
    ];
    for (const event of first === "the answer" ? events : events.reverse()) {
      await soon();
      event();
    }
    assert.deepEqual(
      (await told).map(({ id }) => id),
      [uuid],
    );
    assert.equal(entered, entries);
  });
}

test("what is prefetched is sent once, whenever its answer comes", async (t) => {
  for (let steps = 0; steps < 30; steps++) {
    let asked = 0;
    const auth = createAuthClient({
      baseURL: base,
      wasm: module,
      storage: null,
      retries: 0,
      fetch: async () => {
        asked++;
        for (let step = 0; step < steps; step++) {
          await Promise.resolve();
        }
        throw new TypeError("offline");
      },
    });
    t.after(auth.dispose);
    await auth.ready();
    await assert.rejects(auth.getUser());
    assert.equal(asked, 1, `after ${steps} microtasks`);
  }
});

test("what changes something, or carries a token, waits for the module", async (t) => {
  const clients = [slowModule(t), slowModule(t, { accessToken: "a token with blanks" })] as const;
  const told = Promise.allSettled([
    clients[0].auth.login({ name: "alice", password: "password1234" }),
    clients[1].auth.getUser(),
  ]);
  await soon();
  assert.deepEqual(
    clients.map(({ requests }) => requests),
    [[], []],
  );
  clients.forEach(({ load }) => load(module));
  await told;
  assert.deepEqual(
    clients.map(({ requests }) => requests),
    [["POST /login"], []],
  );
});

test("an answer without a module to read it is no answer", async (t) => {
  const { auth, requests, load } = slowModule(t);
  const told = assert.rejects(auth.getUser(), { code: "wasm_load_failed" });
  await soon();
  assert.equal(requests.length, 1);
  load(Promise.reject(new Error("offline")));
  await told;
  assert.equal(auth.getSnapshot().status, "unknown");
});

test("what the module asks for next, to learn why that has failed, is sent too", async (t) => {
  Object.defineProperty(globalThis, "origin", { value: "https://page.example", configurable: true });
  t.after(() => Reflect.deleteProperty(globalThis, "origin"));
  const modes: unknown[] = [];
  const { auth, load } = slowModule(t, {
    credentials: "include",
    fetch: (_, init) => {
      modes.push(init?.credentials);
      return init?.credentials === "include"
        ? Promise.reject(new TypeError("Failed to fetch"))
        : Promise.resolve(Response.json({ version: "v3.28.4", revision: "f" }));
    },
  });
  load(module);
  await assert.rejects(auth.getUser(), { code: "cross_origin_blocked" });
  assert.deepEqual(modes, ["include", "omit"]);
});
