import assert from "node:assert/strict";
import { test } from "node:test";
import { createAbort } from "../../src/abort.ts";
import { createSharedTask, type SharedTask } from "../../src/shared-task.ts";
import type { Abort } from "../../src/abort.ts";

/** A caller of a task, who can give up. */
interface Caller {
  readonly give: (reason: unknown) => void;
  /** What they are told. */
  readonly told: Promise<unknown>;
}

function call<T>(task: SharedTask<T>, left = 0): Caller {
  const abort = createAbort(() => left);
  return { give: abort.abortWith, told: task.join(abort).catch((error: unknown) => error) };
}

/** A task that ends when it is told to, and each of its runs. */
function open(): {
  task: SharedTask<string>;
  runs: { end: (value: string) => void; fail: (error: unknown) => void; abort: Abort }[];
} {
  const runs: ReturnType<typeof open>["runs"] = [];
  const task = createSharedTask(
    (abort) => new Promise<string>((end, fail) => runs.push({ end, fail, abort })),
  );
  return { task, runs };
}

test("all who ask meanwhile are told the same, and it runs once", async () => {
  const { task, runs } = open();
  const callers = [call(task), call(task), call(task)];
  runs[0]?.end("done");
  assert.deepEqual(await Promise.all(callers.map(({ told }) => told)), ["done", "done", "done"]);
  assert.equal(runs.length, 1);
});

test("what has ended is not aborted, which would cost each call an exception", async () => {
  const { task, runs } = open();
  const { told } = call(task);
  runs[0]?.end("done");
  await told;
  assert.equal(runs[0]?.abort.signal.aborted, false);
});

test("who gives up is told why, and no other is", async () => {
  const { task, runs } = open();
  const [first, second] = [call(task), call(task)];
  first.give("mine");
  assert.equal(await first.told, "mine");
  assert.equal(runs[0]?.abort.signal.aborted, false, "somebody waits");
  runs[0].end("done");
  assert.equal(await second.told, "done");
});

test("when the last has given up it is aborted, and the next caller begins anew", async () => {
  const { task, runs } = open();
  const [first, second] = [call(task), call(task)];
  first.give(1);
  second.give(2);
  assert.deepEqual(await Promise.all([first.told, second.told]), [1, 2]);
  assert.equal(runs[0]?.abort.signal.aborted, true);
  const third = call(task);
  runs[0].end("late");
  runs[1]?.end("anew");
  assert.equal(await third.told, "anew");
  assert.equal(runs.length, 2);
});

test("a failure is told to all who wait, and the next caller begins anew", async () => {
  const { task, runs } = open();
  const callers = [call(task), call(task)];
  runs[0]?.fail("failed");
  assert.deepEqual(await Promise.all(callers.map(({ told }) => told)), ["failed", "failed"]);
  const next = call(task);
  runs[1]?.end("done");
  assert.equal(await next.told, "done");
});

test("who has given up already begins nothing", async () => {
  const { task, runs } = open();
  const abort = createAbort(() => 0);
  abort.abortWith("before");
  await assert.rejects(task.join(abort), (reason) => reason === "before");
  assert.equal(runs.length, 0);
});

test("what is renewed is waited for by those before, and not joined by those after", async () => {
  const { task, runs } = open();
  const before = call(task);
  task.renew();
  const after = call(task);
  runs[0]?.end("old");
  runs[1]?.end("new");
  assert.deepEqual(await Promise.all([before.told, after.told]), ["old", "new"]);
});

test("it has the time of whoever waits longest", () => {
  const { task, runs } = open();
  const first = call(task, 100);
  assert.equal(runs[0]?.abort.left(), 100);
  const second = call(task, 300);
  assert.equal(runs[0].abort.left(), 300);
  const third = call(task, 0);
  assert.equal(runs[0].abort.left(), 0, "which is no limit");
  [first, second, third].forEach(({ give }) => give(undefined));
});
