import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { createPending, type Pending, withinLimits } from "../../../src/call/limits.ts";

const never = (): Promise<never> => new Promise(() => undefined);

/** Runs a task that never ends; gives the code of what it is ended with, and after how many milliseconds. */
async function ended(pending: Pending, timeout: number): Promise<[code: unknown, after: number]> {
  const begun = performance.now();
  const error: unknown = await withinLimits("login", { signal: undefined, timeout }, pending, never).catch(
    (error: unknown) => error,
  );
  return [(error as { code: unknown }).code, performance.now() - begun];
}

const atOnce = (pending: Pending): Promise<string> =>
  withinLimits("login", { signal: undefined, timeout: 60 }, pending, () => Promise.resolve("done"));

/** Counts the timers that are set and not cleared. */
function countTimers(t: TestContext): Set<unknown> {
  const timers = new Set<unknown>();
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  t.mock.method(globalThis, "setTimeout", (run: () => void, after: number) => {
    const timer = set(() => {
      timers.delete(timer);
      run();
    }, after);
    timers.add(timer);
    return timer;
  });
  t.mock.method(globalThis, "clearTimeout", (timer: NodeJS.Timeout | undefined) => {
    timers.delete(timer);
    clear(timer);
  });
  return timers;
}

/** Lets Node be taken for a page. */
function inPage(t: TestContext): void {
  Object.defineProperty(globalThis, "location", { value: new URL("https://q.example/"), configurable: true });
  t.after(() => Reflect.deleteProperty(globalThis, "location"));
}

test("each call has its own time, whichever began first", async () => {
  const pending = createPending();
  const order: string[] = [];
  const end = async (name: string, timeout: number): Promise<void> => {
    const [code, after] = await ended(pending, timeout);
    assert.equal(code, "timeout");
    assert.ok(after >= timeout, `${name} after ${after} ms`);
    order.push(name);
  };
  await Promise.all([end("short", 30), end("long", 120), end("middle", 70), end("longest", 150)]);
  assert.deepEqual(order, ["short", "middle", "long", "longest"]);
});

test("a call that has ended shortens no other's time", async (t) => {
  inPage(t);
  const pending = createPending();
  assert.equal(await atOnce(pending), "done");
  await new Promise((resolve) => setTimeout(resolve, 40));
  const [code, after] = await ended(pending, 60);
  assert.equal(code, "timeout");
  assert.ok(after >= 60, `after ${after} ms`);
});

test("a time beyond a timer's is not up at once, and is waited for in parts", async (t) => {
  const { mock } = t.mock.method(globalThis, "setTimeout");
  const pending = createPending();
  const long = ended(pending, 2 ** 40);
  assert.equal(
    await Promise.race([long, new Promise((resolve) => setTimeout(resolve, 20, "under way"))]),
    "under way",
  );
  pending.dispose();
  assert.equal((await long)[0], "disposed");
  for (const { arguments: parts } of mock.calls) {
    assert.ok((parts[1] as number) < 2 ** 31, `a timer of ${parts[1]} ms`);
  }
});

test("what is disposed of ends, and so does what comes after, with or without a limit", async () => {
  const pending = createPending();
  const calls = [ended(pending, 10_000), ended(pending, 0)];
  pending.dispose();
  calls.push(ended(pending, 10_000), ended(pending, 0));
  assert.deepEqual(
    (await Promise.all(calls)).map(([code]) => code),
    ["disposed", "disposed", "disposed", "disposed"],
  );
});

test("no timer keeps a process of Node alive", async (t) => {
  const timers = countTimers(t);
  const pending = createPending();
  await Promise.all([atOnce(pending), atOnce(pending)]);
  assert.equal(timers.size, 0);
});

test("a call that begins where another ends leaves no timer behind", async (t) => {
  const timers = countTimers(t);
  const pending = createPending();
  let next: Promise<unknown> | undefined;
  const first = withinLimits("login", { signal: undefined, timeout: 20 }, pending, ({ signal }) => {
    signal.addEventListener("abort", () => {
      next = withinLimits("login", { signal: undefined, timeout: 60 }, pending, () => Promise.resolve());
    });
    return never();
  });
  await assert.rejects(first, { code: "timeout" });
  await next;
  assert.equal(timers.size, 0);
});

test("in a page one timer does for all calls, and ends", async (t) => {
  inPage(t);
  const timers = countTimers(t);
  const pending = createPending();
  for (let i = 0; i < 5; i++) {
    await atOnce(pending);
    assert.equal(timers.size, 1);
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(timers.size, 0);
});
