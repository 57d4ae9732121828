import assert from "node:assert/strict";
import { test } from "node:test";
import { type AuthClient, type AuthClientOptions, createAuthClient } from "../../../src/index.ts";
import { module } from "../module.ts";

// Nothing leaves for a call that has ended, whatever its end and whatever it waited for.

const alice = { name: "alice", password: "password1234" } as const;
const soon = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 30));

/** How a call is ended, once it waits. */
const ends: [
  name: string,
  timeout: number | undefined,
  end: (auth: AuthClient, controller: AbortController) => void,
][] = [
  ["an abort", undefined, (_, controller) => controller.abort()],
  ["a dispose", undefined, (auth) => auth.dispose()],
  ["a timeout", 500, () => undefined], // long enough to send what is sent before
];

/** What a call waits for, and the call. */
const waits: [
  name: string,
  call: (auth: AuthClient, signal: AbortSignal) => Promise<unknown>,
  options: (until: Promise<unknown>) => AuthClientOptions,
  before: number,
][] = [
  [
    "the module",
    (auth, signal) => auth.login(alice, { signal }),
    (until) => ({ wasm: () => until.then(() => module) }),
    0,
  ],
  [
    "an access token",
    (auth, signal) => auth.getUser({ signal }),
    (until) => ({ accessToken: () => until.then(() => "a token") }),
    0,
  ],
  [
    "an answer, to be confirmed by another request",
    (auth, signal) => auth.login(alice, { signal, redirect: "/there" }),
    (until) => ({
      fetch: () =>
        until.then(() => Object.defineProperty(new Response(null), "type", { value: "opaqueredirect" })),
    }),
    1,
  ],
  [
    "an answer, to ask who is signed in",
    (auth, signal) => auth.login(alice, { signal }),
    (until) => ({ fetch: () => until.then(() => new Response(null, { status: 204 })) }),
    1,
  ],
  [
    "an answer, to be asked for again",
    (auth, signal) => auth.getUser({ signal }),
    (until) => ({ fetch: () => until.then(() => new Response(null, { status: 503 })) }),
    1,
  ],
  [
    "a failure, to be probed",
    (auth, signal) => auth.login(alice, { signal }),
    (until) => ({
      credentials: "include",
      fetch: () => until.then(() => Promise.reject(new TypeError("x"))),
    }),
    1,
  ],
];

for (const [wait, call, options, before] of waits) {
  for (const [end, timeout, stop] of ends) {
    test(`${end} while it waits for ${wait}: nothing is sent`, async (t) => {
      Object.defineProperty(globalThis, "origin", { value: "https://page.example", configurable: true });
      t.after(() => Reflect.deleteProperty(globalThis, "origin"));
      let go!: (value: unknown) => void;
      const until = new Promise((resolve) => (go = resolve));
      const own = options(until);
      const sent: unknown[] = [];
      const auth = createAuthClient({
        baseURL: "https://q.example/api/v3",
        wasm: module,
        storage: null,
        timeout,
        ...own,
        fetch: (...request) => {
          sent.push(request[0]); // and the signal is ignored
          return own.fetch ? own.fetch(...request) : Promise.resolve(new Response(null, { status: 204 }));
        },
      });
      t.after(() => auth.dispose());
      const controller = new AbortController();
      const told = assert.rejects(call(auth, controller.signal));
      await soon();
      for (let tries = 0; sent.length < before && tries < 100; tries++) {
        await soon();
      }
      stop(auth, controller);
      await told;
      assert.equal(sent.length, before);
      go(undefined);
      await soon();
      await new Promise((resolve) => setTimeout(resolve, 500)); // a retry's wait
      assert.equal(sent.length, before, String(sent));
    });
  }
}

test("a call that was aborted before asks for nothing, neither token nor module", async () => {
  const asked: string[] = [];
  const note = (what: string) => (): never => {
    asked.push(what);
    throw new Error(what);
  };
  const auth = createAuthClient({
    baseURL: "https://q.example",
    wasm: note("module"),
    accessToken: note("token"),
    fetch: note("fetch"),
  });
  const signal = AbortSignal.abort("before");
  for (const call of [auth.getUser({ signal }), auth.login(alice, { signal }), auth.ready({ signal })]) {
    await assert.rejects(call, (reason) => reason === "before");
  }
  assert.deepEqual(asked, []);
});
