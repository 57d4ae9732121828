import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { attempt } from "./client.ts";
import { useHarness } from "./harness.ts";
import { flavour } from "./server.ts";

// What becomes of a client whose module crashes: a package with the hook of
// wasm/crash_hook.go, which crashes in the way that an access token names.

const harness = useHarness(`build/crash/${flavour}`);
beforeEach(() => harness.reset());

/** MiB of memory that a module may have here: to fill the 4096 that it has otherwise takes a minute. */
const most = 64;

/** Gives the module's bytes with a maximum in its section of memories, which has none. */
function bounded(module: Uint8Array, mebibytes: number): Uint8Array<ArrayBuffer> {
  const bytes = [...module];
  const numberAt = (at: number): readonly [value: number, end: number] => {
    const part = bytes[at] ?? 0;
    if (part < 0x80) {
      return [part, at + 1];
    }
    const [more, end] = numberAt(at + 1);
    return [(part & 0x7f) + more * 0x80, end];
  };
  for (let at = 8; at < bytes.length;) {
    const [size, begin] = numberAt(at + 1);
    if (bytes[at] === 5) {
      const memory = bytes.slice(begin + 2, begin + size); // one, of at least so many pages
      const pages = mebibytes * 16;
      const limited = [1, 1, ...memory, 0x80 | (pages & 0x7f), pages >> 7];
      bytes.splice(at + 1, begin + size - at - 1, limited.length, ...limited);
      return new Uint8Array(bytes);
    }
    at = begin + size;
  }
  throw new Error("the module has no memory");
}

for (const way of ["panic", "overflow", "memory"]) {
  test(`${way}: every pending call is rejected, and the next runs on a new instance`, async () => {
    await harness.server.act("token", "fine", "alice", "read");
    await harness.server.act("answer", { path: "/api/v3/version", status: 200, wait: 3_600_000 });
    const page = await harness.page();
    const { value } = await attempt(
      page,
      async ({ createAuthClient, isAuthError, AuthError }, argument) => {
        const { way, most, bounded } = JSON.parse(argument) as { way: string; most: number; bounded: string };
        const boundedModule = async (): Promise<Uint8Array<ArrayBuffer>> => {
          const module = new Uint8Array(await (await fetch("/pkg/traq-auth.wasm")).arrayBuffer());
          return ((0, eval)(`(${bounded})`) as (...args: unknown[]) => Uint8Array<ArrayBuffer>)(module, most);
        };
        const thrown: string[] = [];
        addEventListener("error", ({ message }) => thrown.push(message));
        addEventListener("unhandledrejection", ({ reason }) => thrown.push(String(reason)));
        let token = "fine";
        const auth = createAuthClient({ accessToken: () => token, timeout: 60_000, wasm: boundedModule });
        await auth.getUser();
        const caught = (promise: Promise<unknown>): Promise<unknown> =>
          promise.then(
            () => "fulfilled",
            (error: unknown) =>
              isAuthError(error)
                ? [error.code, error.operation, error.retryable, error.cause instanceof AuthError]
                : String(error),
          );
        const pending = [caught(auth.getServerInfo()), caught(auth.listProviders())];
        await new Promise((resolve) => setTimeout(resolve, 200));
        token = way;
        const crashed = await caught(auth.getUser());
        token = "fine";
        const next = await auth.getUser();
        const others = await Promise.all(pending);
        await new Promise((resolve) => setTimeout(resolve)); // a rejection is told after the task
        return [crashed, others, next.name, thrown];
      },
      JSON.stringify({ way, most, bounded: bounded.toString() }),
    );
    const crash = (operation: string): unknown[] => ["runtime_crashed", operation, false, false];
    const all = [crash("getServerInfo"), crash("listProviders")];
    assert.deepEqual(value, [crash("getUser"), all, "alice", []], "nothing is thrown into the page either");
  });
}

test("nothing is tried again by itself", async () => {
  await harness.server.act("token", "fine", "alice", "read");
  const page = await harness.page();
  const before = await harness.server.requests();
  await attempt(page, ({ createAuthClient }) => createAuthClient({ accessToken: "panic" }).getUser());
  assert.equal(await harness.server.requests(), before);
});

test("three crashes in a row say so, and a success in between begins the count anew", async () => {
  await harness.server.act("token", "fine", "alice", "read");
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    let token = "";
    const auth = createAuthClient({ accessToken: () => token });
    const outcome = (next: string): Promise<string> => {
      token = next;
      return auth.getUser().then(
        ({ name }) => name,
        (error: unknown) => (error as Error).message,
      );
    };
    const outcomes = [];
    for (const next of ["panic", "panic", "fine", "panic", "panic", "panic", "fine"]) {
      outcomes.push(await outcome(next));
    }
    return outcomes;
  });
  const crash = "getUser: the module crashed; whether the call took effect is unknown";
  const gaveUp = "getUser: the module crashed 3 times in a row; reload the page";
  assert.deepEqual(value, [crash, crash, "alice", crash, crash, gaveUp, gaveUp]);
});

test("the hook is not in what is shipped", () => {
  const shipped = readFileSync(new URL("../../dist/traq-auth.wasm", import.meta.url), "latin1");
  const hooked = readFileSync(
    new URL("../../../build/crash/tinygo/traq-auth.wasm", import.meta.url),
    "latin1",
  );
  assert.ok(hooked.includes("overflow"));
  assert.ok(!shipped.includes("overflow"));
});
