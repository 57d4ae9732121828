import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { createAuthClient } from "../../../src/client.ts";
import { module } from "../module.ts";

// What waits is the browser's clock; here it is a false one. How long is the
// core's to say: authcore/retry_test.go.

let now = 0;
let timers: { at: number; run: () => void }[] = [];

beforeEach(() => {
  now = 1000;
  timers = [];
  mock.method(performance, "now", () => now);
  mock.method(Math, "random", () => 0.5);
  mock.method(globalThis, "setTimeout", (run: () => void, after = 0) => {
    const timer = { at: now + after, run };
    timers.push(timer);
    return timer;
  });
  mock.method(globalThis, "clearTimeout", (timer: unknown) => {
    timers = timers.filter((other) => other !== timer);
  });
});
afterEach(() => mock.restoreAll());

/** Lets happen all that needs no time. */
async function settle(): Promise<void> {
  for (let i = 0; i < 20; i++) {
    await new Promise(setImmediate);
  }
}

/** Lets time pass. */
async function pass(ms: number): Promise<void> {
  await settle();
  const end = now + ms;
  for (;;) {
    timers.sort((a, b) => a.at - b.at);
    const next = timers[0];
    if (!next || next.at > end) {
      break;
    }
    timers.shift();
    now = next.at;
    next.run();
    await settle();
  }
  now = end;
}

const user = JSON.stringify({
  id: "01a207ab-7610-7cca-92e9-2da640e2838e",
  name: "alice",
  displayName: "Alice",
  iconFileId: "01a207ab-7610-7cca-92e9-2da640e2838e",
});
type Answer = number | "offline" | [status: number, headers: Record<string, string>];

/** A client of a server that answers so, one after the other, and the times at which it was asked. */
function clientOf(
  answers: Answer[],
  options = {},
): { client: ReturnType<typeof createAuthClient>; asked: number[] } {
  const asked: number[] = [];
  const left = [...answers];
  const fetch = (): Promise<Response> => {
    asked.push(now - 1000);
    const answer = left.shift();
    assert.notEqual(answer, undefined, "one request too many");
    if (answer === "offline") {
      return Promise.reject(new TypeError("offline"));
    }
    const [status, headers] = typeof answer === "object" ? answer : [answer as number, {}];
    return Promise.resolve(new Response(status === 200 ? user : '{"message":"?"}', { status, headers }));
  };
  return {
    client: createAuthClient({
      baseURL: "https://q.example/api/v3",
      fetch,
      wasm: module,
      storage: null,
      ...options,
    }),
    asked,
  };
}

/** What has become of a promise. */
function watch(promise: Promise<unknown>): { outcome: string } {
  const seen = { outcome: "pending" };
  promise.then(
    () => (seen.outcome = "done"),
    (error: unknown) => (seen.outcome = (error as { code?: string }).code ?? String(error)),
  );
  return seen;
}

test("a read is sent again after 300 ms, then after 600, and then no more", async () => {
  const { client, asked } = clientOf(["offline", 503, 502]);
  const call = watch(client.getUser());
  await pass(299);
  assert.deepEqual(asked, [0]);
  await pass(1);
  assert.deepEqual(asked, [0, 300]);
  await pass(600);
  assert.deepEqual(asked, [0, 300, 900]);
  assert.equal(call.outcome, "server_error");
  await pass(20_000);
  assert.deepEqual(asked, [0, 300, 900]);
});

test("it succeeds as soon as the server does, and leaves no timer behind", async () => {
  const { client, asked } = clientOf([504, 200]);
  const call = watch(client.getUser());
  await pass(300);
  assert.equal(call.outcome, "done");
  assert.deepEqual(asked, [0, 300]);
  assert.deepEqual(timers, []);
});

test("Retry-After is waited for", async () => {
  const { client, asked } = clientOf([[429, { "Retry-After": "2" }], 200]);
  const call = watch(client.getUser());
  await pass(2299);
  assert.deepEqual(asked, [0]);
  await pass(1);
  assert.deepEqual(asked, [0, 2300]);
  assert.equal(call.outcome, "done");
});

test("a wait that would not end within the timeout is not begun", async () => {
  const { client, asked } = clientOf([503, [429, { "Retry-After": "2" }]]);
  const call = watch(client.getUser({ timeout: 2600 })); // of which 2300 are left
  await pass(300);
  assert.equal(call.outcome, "rate_limited");
  assert.deepEqual(asked, [0, 300]);
});

test("the timeout is for all tries together", async () => {
  const { client, asked } = clientOf([503, 503, 503]);
  const call = watch(client.getUser({ timeout: 901 }));
  await pass(901);
  assert.deepEqual(asked, [0, 300, 900]);
  assert.equal(call.outcome, "server_error");
});

test("nothing is sent after an abort", async () => {
  const { client, asked } = clientOf([503]);
  const aborting = new AbortController();
  const call = watch(client.getUser({ signal: aborting.signal }));
  await pass(100);
  aborting.abort("enough");
  await pass(5000);
  assert.equal(call.outcome, "enough");
  assert.deepEqual(asked, [0]);
});

test("nothing is sent after the client's end", async () => {
  const { client, asked } = clientOf([503]);
  const call = watch(client.getUser());
  await pass(100);
  client.dispose();
  await pass(5000);
  assert.equal(call.outcome, "disposed");
  assert.deepEqual(asked, [0]);
});

test("without retries there are none", async () => {
  const { client, asked } = clientOf([503], { retries: 0 });
  const call = watch(client.getUser());
  await pass(5000);
  assert.equal(call.outcome, "server_error");
  assert.deepEqual(asked, [0]);
});

test("what writes is sent once", async () => {
  const id = "01a207ab-7610-7cca-92e9-2da640e2838e";
  const away = { navigate: false };
  for (const call of [
    (c: ReturnType<typeof createAuthClient>) => c.login({ name: "alice", password: "p" }),
    (c: ReturnType<typeof createAuthClient>) => c.revokeSession(id),
    (c: ReturnType<typeof createAuthClient>) => c.linkAccount("oidc", away),
    (c: ReturnType<typeof createAuthClient>) => c.loginWith("oidc", away),
    (c: ReturnType<typeof createAuthClient>) => c.unlinkAccount("oidc"),
    (c: ReturnType<typeof createAuthClient>) => c.logout(),
  ]) {
    const { client, asked } = clientOf([503, "offline", "offline"]);
    const outcome = watch(call(client));
    await pass(20_000);
    assert.equal(outcome.outcome, "server_error", String(call));
    assert.equal(asked.length, 1, String(call));
  }
});

test("retries that are no number of times are refused", () => {
  for (const retries of [-1, 1.5, NaN, Infinity, "2", null]) {
    assert.throws(() => clientOf([], { retries }), { code: "invalid_argument" }, String(retries));
  }
});
