import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { createAbort } from "../../src/deadline.ts";
import type { Runtime } from "../../src/runtime.ts";
import { supervise } from "../../src/supervisor.ts";
import { encode, Kind, type Message } from "../../src/wire.ts";
import { module } from "./module.ts";

const call = encode(Kind.call, [0], ["https://q.example/api/v3", null, "same-origin", null]);
const respond = (size: number): Promise<Uint8Array> => {
  const body = `[]${" ".repeat(size)}`;
  return Promise.resolve(encode(Kind.response, [0, 200, 0], ["basic", null, null, null, body]));
};

/** A client's part of a module, without a limit, until the test's end. */
function open(
  t: TestContext,
  source?: Parameters<typeof supervise>[0],
  abort = createAbort(() => 0),
): {
  run: (...call: Parameters<Runtime["call"]>) => Promise<Message>;
  ready: () => Promise<void>;
  dispose: () => void;
} {
  const { call, ready, dispose } = supervise(source);
  let disposed = false;
  const once = (): void => {
    if (!disposed) {
      disposed = true;
      dispose();
    }
  };
  t.after(once);
  return { run: (...args) => call(...args, abort), ready: () => ready(abort), dispose: once };
}

/** Counts the instances that are made. */
function countInstances(t: TestContext): () => number {
  const { mock } = t.mock.method(WebAssembly, "instantiate");
  return () => mock.callCount();
}

test("an idle instance whose memory has grown beyond 1 MiB is replaced", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const instances = countInstances(t);
  const { run, ready } = open(t, module);
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
  const { run } = open(t, module);
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
  const { run } = open(t, compile);
  await Promise.all(Array.from({ length: 5 }, () => run("listSessions", call, () => respond(0))));
  await run("listSessions", call, () => respond(2 << 20));
  t.mock.timers.tick(1000);
  await run("listSessions", call, () => respond(0));
  assert.equal(instances(), 2);
  assert.equal(compile.mock.callCount(), 1);
});

/** Has a module of which each instance gives what is said, until nothing is left of it: a function crashes. */
function openCrashing(t: TestContext, left: ("crashes" | "answers")[]): ReturnType<typeof open> {
  t.mock.method(WebAssembly, "instantiate", () => {
    const memory = new WebAssembly.Memory({ initial: 1 });
    new Uint8Array(memory.buffer).set(encode(Kind.result, [], []), 1024);
    const listSessions = (): number => {
      if (left.shift() === "crashes") {
        throw new WebAssembly.RuntimeError("unreachable");
      }
      return 1024;
    };
    return Promise.resolve({
      exports: { memory, _initialize: () => undefined, alloc: () => 8, listSessions },
    });
  });
  return open(t, () => module);
}

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "answers",
    (error: unknown) => (error as { code: unknown }).code,
  );

test("a crash rejects what has not come to enter yet, too", async (t) => {
  const { run, ready } = openCrashing(t, ["crashes", "answers"]);
  await ready();
  const call1 = codeOf(run("listSessions", call, () => respond(0)));
  const call2 = codeOf(run("listSessions", call, () => respond(0)));
  assert.deepEqual(await Promise.all([call1, call2]), ["runtime_crashed", "runtime_crashed"]);
  assert.equal((await run("listSessions", call, () => respond(0))).kind, Kind.result);
});
