import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { supervise } from "../../src/supervisor.ts";
import { encode, Kind } from "../../src/wire.ts";
import { module } from "./module.ts";

const call = encode(Kind.call, [0], ["https://q.example/api/v3", null, "same-origin", null]);
const respond = (size: number): Promise<Uint8Array> =>
  Promise.resolve(encode(Kind.response, [0, 200, 0], ["basic", null, null, null, `[]${" ".repeat(size)}`]));

/** Counts the instances that are made. */
function countInstances(t: TestContext): () => number {
  const { mock } = t.mock.method(WebAssembly, "instantiate");
  return () => mock.callCount();
}

test("an idle instance whose memory has grown beyond 1 MiB is replaced", async (t) => {
  const instances = countInstances(t);
  const { call: run, ready } = supervise(module);
  await ready();
  for (let i = 0; i < 5; i++) {
    await run("listSessions", call, () => respond(100_000));
  }
  assert.equal(instances(), 1, "it has not grown");
  await run("listSessions", call, () => respond(2 << 20));
  await run("listSessions", call, () => respond(0));
  await run("listSessions", call, () => respond(0));
  assert.equal(instances(), 2);
});

test("an instance in which a call waits is not replaced", async (t) => {
  const instances = countInstances(t);
  const { call: run } = supervise(module);
  let answer: (response: Uint8Array) => void = () => undefined;
  const waiting = run("listSessions", call, () => new Promise((resolve) => (answer = resolve)));
  await new Promise(setImmediate);
  await run("listSessions", call, () => respond(2 << 20));
  await run("listSessions", call, () => respond(0));
  assert.equal(instances(), 1);
  answer(await respond(0));
  assert.equal((await waiting).kind, Kind.result);
  await run("listSessions", call, () => respond(0));
  assert.equal(instances(), 2, "now that it is idle");
});

test("calls at once share an instance, and the module is compiled once", async (t) => {
  const instances = countInstances(t);
  const compile = t.mock.fn(() => module);
  const { call: run } = supervise(compile);
  await Promise.all(Array.from({ length: 5 }, () => run("listSessions", call, () => respond(0))));
  await run("listSessions", call, () => respond(2 << 20));
  await run("listSessions", call, () => respond(0));
  assert.equal(instances(), 2);
  assert.equal(compile.mock.callCount(), 1);
});
