import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { createAbort } from "../../../src/abort.ts";
import { supervise } from "../../../src/module/supervisor.ts";
import type { Operation } from "../../../src/types.ts";
import { encode, Kind, type Message } from "../../../src/module/wire.ts";
import { bytes, callWith, module } from "../module.ts";

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
  run: (operation: Operation, call: Uint8Array, answer: () => Promise<Uint8Array>) => Promise<Message>;
  ready: () => Promise<void>;
  dispose: () => void;
  source: Parameters<typeof supervise>[0];
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
  return {
    run: (...args) => callWith({ call: (...its) => call(...its, abort) }, ...args),
    ready: () => ready(abort),
    dispose: once,
    source,
  };
}

/** Counts the instances that are made; Node's fetch has a module of its own. */
function countInstances(t: TestContext): () => number {
  const { mock } = t.mock.method(WebAssembly, "instantiate");
  return () =>
    mock.calls.filter(({ arguments: [, imports] }) => "arc4random" in ((imports?.["env"] ?? {}) as object))
      .length;
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

test("clients of one module share an instance, until the last is disposed of", async (t) => {
  const instances = countInstances(t);
  const address = new URL("https://q.example/x.wasm");
  t.mock.method(globalThis, "fetch", () => Promise.resolve(new Response(bytes)));
  const factory = (): WebAssembly.Module => module;
  for (const sources of [
    [module, module],
    [factory, factory],
    [address, new URL(address), String(address)],
  ]) {
    const before = instances();
    const clients = sources.map((source) => open(t, source));
    for (const { run } of clients) {
      await run("listSessions", call, () => respond(0));
    }
    assert.equal(instances() - before, 1, "one for all");
    clients.pop()?.dispose();
    await clients[0]?.run("listSessions", call, () => respond(0));
    assert.equal(instances() - before, 1, "somebody has it");
    clients.forEach(({ dispose }) => dispose());
    await open(t, sources[0]).run("listSessions", call, () => respond(0));
    assert.equal(instances() - before, 2, "it was let go");
  }
});

test("bytes may have changed by the next client, and are compiled for each", async (t) => {
  const given = new Uint8Array(bytes);
  await open(t, given).ready();
  given.fill(0);
  await assert.rejects(open(t, given).ready(), { code: "wasm_load_failed" });
});

test("what is disposed of while the module loads begins no instance", async (t) => {
  const instances = countInstances(t);
  let load!: (module: WebAssembly.Module) => void;
  const abort = createAbort(() => 0);
  const client = open(t, () => new Promise<WebAssembly.Module>((resolve) => (load = resolve)), abort);
  const ready = assert.rejects(client.ready(), (reason) => reason === "disposed");
  client.dispose();
  abort.abortWith("disposed");
  await ready;
  load(module);
  await new Promise(setImmediate);
  assert.equal(instances(), 0);
});

test("a module that does not come is given up with its last call, and asked for anew by the next", async (t) => {
  const hang: (() => unknown)[] = [
    () => new Promise(() => undefined),
    () => new Response(new ReadableStream({ pull: () => new Promise(() => undefined) })),
  ];
  for (const first of hang) {
    const answers = [first, () => module];
    const source = (): WebAssembly.Module => (answers.shift() as () => WebAssembly.Module)();
    const aborts = [createAbort(() => 0), createAbort(() => 0)];
    const waiting = aborts.map((abort) => open(t, source, abort));
    const told = waiting.map(({ ready }) => ready().catch((reason: unknown) => reason));
    await new Promise(setImmediate);
    aborts[0]?.abortWith("first");
    assert.equal(await told[0], "first");
    assert.equal(answers.length, 1, "somebody waits");
    aborts[1]?.abortWith("second");
    assert.equal(await told[1], "second");
    await open(t, source).run("listSessions", call, () => respond(0));
    assert.equal(answers.length, 0);
  }
});

test("a download that nobody waits for is aborted", async (t) => {
  let signal: AbortSignal | null | undefined;
  t.mock.method(globalThis, "fetch", (_: unknown, init?: RequestInit) => {
    signal = init?.signal;
    return new Promise(() => undefined);
  });
  const abort = createAbort(() => 0);
  const told = open(t, "https://q.example/hangs.wasm", abort).ready().catch(String);
  await new Promise(setImmediate);
  assert.equal(signal?.aborted, false);
  abort.abortWith("mine");
  assert.equal(await told, "mine");
  assert.equal(signal.aborted, true);
});

test("crashes are counted for all clients, and a success in between begins the count anew", async (t) => {
  const left: ("crashes" | "answers")[] = ["crashes", "crashes", "answers", "crashes", "crashes", "crashes"];
  const first = openCrashing(t, left);
  const second = open(t, first.source);
  const outcomes = [];
  for (const { run } of [first, second, first, second, first, second, first]) {
    outcomes.push(await run("listSessions", call, () => respond(0)).then(() => "answers", String));
  }
  assert.match(outcomes.splice(5).join(), /(.*crashed 3 times in a row.*){2}/);
  const crash = "AuthError: listSessions: the module crashed; whether the call took effect is unknown";
  assert.deepEqual(outcomes, [crash, crash, "answers", crash, crash]);
  first.dispose();
  second.dispose();
  assert.equal((await open(t, first.source).run("listSessions", call, () => respond(0))).kind, Kind.result);
});

test("messages that the module has no room for are refused, and crash nothing", async (t) => {
  const instances = countInstances(t);
  const { run } = open(t, module);
  const huge = new Uint8Array(2 * (16 << 20) + 1);
  const waiting = run(
    "listSessions",
    call,
    () => new Promise((resolve) => setTimeout(() => resolve(respond(0)), 20)),
  );
  await assert.rejects(
    run("listSessions", huge, () => respond(0)),
    { code: "invalid_argument" },
  );
  await assert.rejects(
    run("listSessions", call, () => Promise.resolve(huge)),
    { code: "invalid_argument" },
  );
  assert.equal((await waiting).kind, Kind.result);
  assert.equal(instances(), 1);
});
