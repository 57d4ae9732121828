import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { supervise } from "../../src/supervisor.ts";
import { encode, Kind, maxSize } from "../../src/wire.ts";
import { module } from "./module.ts";

const call = encode(Kind.call, [0], ["https://q.example/api/v3", null, "same-origin", null]);
const respond = (size: number): Promise<Uint8Array> => {
  const body = `[]${" ".repeat(size)}`;
  return Promise.resolve(encode(Kind.response, [0, 200, 0], ["basic", null, null, null, body]));
};

/** Counts the instances that are made. */
function countInstances(t: TestContext): () => number {
  const { mock } = t.mock.method(WebAssembly, "instantiate");
  return () => mock.callCount();
}

test("an idle instance whose memory has grown beyond 1 MiB is replaced", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const instances = countInstances(t);
  const { call: run, ready } = supervise(module);
  await ready();
  for (let i = 0; i < 5; i++) {
    await run("listSessions", call, () => respond(100_000));
  }
  t.mock.timers.tick(10_000);
  await run("listSessions", call, () => respond(0));
  assert.equal(instances(), 1, "it has not grown");
  await run("listSessions", call, () => respond(2 << 20));
  t.mock.timers.tick(999);
  await run("listSessions", call, () => respond(2 << 20));
  t.mock.timers.tick(999);
  assert.equal(instances(), 1, "calls follow each other");
  t.mock.timers.tick(1);
  await run("listSessions", call, () => respond(0));
  await run("listSessions", call, () => respond(0));
  assert.equal(instances(), 2);
});

test("an instance in which a call waits is not replaced", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const instances = countInstances(t);
  const { call: run } = supervise(module);
  let answer: (response: Uint8Array) => void = () => undefined;
  await run("listSessions", call, () => respond(2 << 20));
  const waiting = run("listSessions", call, () => new Promise((resolve) => (answer = resolve)));
  await new Promise(setImmediate);
  await run("listSessions", call, () => respond(2 << 20));
  t.mock.timers.tick(10_000);
  await run("listSessions", call, () => respond(0));
  assert.equal(instances(), 1);
  answer(await respond(0));
  assert.equal((await waiting).kind, Kind.result);
  t.mock.timers.tick(10_000);
  await run("listSessions", call, () => respond(0));
  assert.equal(instances(), 2, "now that it is idle");
});

test("calls at once share an instance, and the module is compiled once", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const instances = countInstances(t);
  const compile = t.mock.fn(() => module);
  const { call: run } = supervise(compile);
  await Promise.all(Array.from({ length: 5 }, () => run("listSessions", call, () => respond(0))));
  await run("listSessions", call, () => respond(2 << 20));
  t.mock.timers.tick(1000);
  await run("listSessions", call, () => respond(0));
  assert.equal(instances(), 2);
  assert.equal(compile.mock.callCount(), 1);
});

test("a crash rejects what has not come to enter yet, too", async () => {
  const { call: run, ready } = supervise(module);
  await ready();
  // It does not fit in, so that the entry throws.
  const huge = new Uint8Array(2 * maxSize + 1);
  const outcomes = await Promise.allSettled([
    run("listSessions", huge, () => respond(0)),
    run("listSessions", call, () => respond(0)),
  ]);
  assert.deepEqual(
    outcomes.map((outcome) => outcome.status === "rejected" && (outcome.reason as { code: string }).code),
    ["runtime_crashed", "runtime_crashed"],
  );
  assert.equal((await run("listSessions", call, () => respond(0))).kind, Kind.result);
});
