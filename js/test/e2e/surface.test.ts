import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { AuthError } from "../../src/index.ts";
import { attempt } from "./client.ts";
import { needing } from "./engine.ts";
import { useHarness } from "./harness.ts";

// What a page sees of the package, beside what its calls do.

const eventsTest = needing("events");
const harness = useHarness(undefined, { requests: true });
beforeEach(() => harness.reset());

test("nothing is left on globalThis", async () => {
  const page = await harness.page();
  const added = await page.evaluate(async () => {
    const before = new Set(Reflect.ownKeys(globalThis));
    const { createAuthClient } = await import("/pkg/index.js");
    const auth = createAuthClient();
    await auth.login({ name: "alice", password: "password1234" });
    await auth.listSessions();
    await auth.logout();
    return Reflect.ownKeys(globalThis)
      .filter((name) => !before.has(name))
      .map(String);
  });
  assert.deepEqual(added, []);
});

eventsTest("importing has no side effects, and the module is loaded once", async () => {
  const page = await harness.page();
  const loaded: string[] = [];
  harness.listen(page, "request", (request) => loaded.push(new URL(request.url()).pathname));
  await page.evaluate(async () => {
    const { createAuthClient } = await import("/pkg/index.js");
    createAuthClient();
  });
  assert.deepEqual(loaded, ["/pkg/index.js"]);
  await attempt(page, async ({ createAuthClient }) => {
    const [one, two] = [createAuthClient(), createAuthClient()];
    await Promise.all([one.ready(), two.ready(), one.getServerInfo(), two.getServerInfo()]);
  });
  assert.equal(loaded.filter((path) => path === "/pkg/traq-auth.wasm").length, 1);
});

test("methods work detached", async () => {
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    const { login, listSessions, logout } = createAuthClient();
    await login({ name: "alice", password: "password1234" });
    const [session] = await listSessions();
    await logout();
    return [session?.issuedAt instanceof Date, session?.current];
  });
  assert.deepEqual(value, [true, true]);
});

test("the copies of a package know each other's errors", async () => {
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient, isAuthError, AuthError }) => {
    const address = "/pkg/index.js?copy";
    const copy = (await import(address)) as typeof import("../../src/index.ts");
    const error: unknown = await createAuthClient()
      .getUser()
      .catch((error: unknown) => error);
    return [
      copy.AuthError !== AuthError,
      error instanceof AuthError,
      error instanceof Error,
      copy.isAuthError(error),
      isAuthError(error),
      isAuthError(new Error("x")),
      isAuthError(null),
      isAuthError("x"),
      isAuthError({ code: "x" }),
      (error as Error).name,
    ];
  });
  assert.deepEqual(value, [true, true, true, true, true, false, false, false, false, "AuthError"]);
});

test("an error is plain data, and has what the server said", async () => {
  const page = await harness.page();
  const { error } = await attempt(page, ({ createAuthClient }) =>
    createAuthClient().login({ name: "alice", password: "wrong" }),
  );
  assert.match(String(error?.["requestId"]), /^\w{32}$/);
  assert.deepEqual(
    { ...error, requestId: "" },
    {
      name: "AuthError",
      code: "invalid_credentials",
      operation: "login",
      message: "login: password or id is wrong",
      status: 401,
      serverMessage: "password or id is wrong",
      requestId: "",
      retryAfterMs: null,
      retryable: false,
    },
  );
});

test("a network error has its cause", async () => {
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    const cause = new TypeError("offline");
    const error: unknown = await createAuthClient({ fetch: () => Promise.reject(cause) })
      .getUser()
      .catch((error: unknown) => error);
    return (error as AuthError).cause === cause;
  });
  assert.equal(value, true);
});
