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

for (const way of ["panic", "overflow", "memory"]) {
  test(`${way}: every pending call is rejected, and the next runs on a new instance`, async () => {
    await harness.server.act("token", "fine", "alice", "read");
    await harness.server.act("answer", { path: "/api/v3/version", status: 200, wait: 3_600_000 });
    const page = await harness.page();
    const { value } = await attempt(
      page,
      async ({ createAuthClient, isAuthError, AuthError }, way) => {
        const thrown: string[] = [];
        addEventListener("error", ({ message }) => thrown.push(message));
        addEventListener("unhandledrejection", ({ reason }) => thrown.push(String(reason)));
        let token = "fine";
        const auth = createAuthClient({ accessToken: () => token, timeout: 60_000 });
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
      way,
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
  const crash = "getUser: the module crashed; whether the call took effect is not known";
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
