import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { attempt } from "./client.ts";
import { useHarness } from "./harness.ts";

// Every call settles: what ends one before its answer does.

const harness = useHarness();
beforeEach(() => harness.reset());

const sessions = "/api/v3/users/me/sessions";
const never = 3_600_000;

test("an abort rejects with the signal's reason, unchanged", async () => {
  await harness.server.act("answer", { path: sessions, status: 200, wait: never });
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    const auth = createAuthClient();
    const reason = { mine: true };
    const caught = (promise: Promise<unknown>): Promise<unknown> =>
      promise.then(
        () => "fulfilled",
        (error: unknown) => error,
      );
    const controller = new AbortController();
    const underWay = caught(auth.listSessions({ signal: controller.signal }));
    await new Promise((resolve) => setTimeout(resolve, 100));
    controller.abort(reason);
    const plain = new AbortController();
    const early = caught(auth.listSessions({ signal: plain.signal }));
    plain.abort();
    return [
      (await underWay) === reason,
      (await caught(auth.listSessions({ signal: controller.signal }))) === reason,
      (await caught(auth.ready({ signal: controller.signal }))) === reason,
      ((await early) as DOMException).name,
    ];
  });
  assert.deepEqual(value, [true, true, true, "AbortError"]);
});

test("an aborted call leaves the server alone", async () => {
  const page = await harness.page();
  await attempt(page, async ({ createAuthClient }) => {
    const controller = new AbortController();
    controller.abort();
    await createAuthClient().listSessions({ signal: controller.signal });
  });
  assert.equal(await harness.server.requests(), 0);
});

test("a server that does not answer is a timeout", async () => {
  await harness.server.act("answer", { path: sessions, status: 200, wait: never });
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    const code = (promise: Promise<unknown>): Promise<unknown> =>
      promise.catch((error: unknown) => (error as { code: string }).code);
    return Promise.all([
      code(createAuthClient({ timeout: 200 }).listSessions()),
      code(createAuthClient().listSessions({ timeout: 200 })),
      code(
        createAuthClient({ timeout: 1 }).login({ name: "alice", password: "password1234" }, { timeout: 0 }),
      ),
    ]);
  });
  assert.deepEqual(value, ["timeout", "timeout", { redirectTo: null }]);
});

test("a fetch that never settles is a timeout", async () => {
  const page = await harness.page();
  const { error } = await attempt(page, ({ createAuthClient }) =>
    createAuthClient({ timeout: 100, fetch: () => new Promise(() => undefined) }).listSessions(),
  );
  assert.equal(error?.["code"], "timeout");
  assert.equal(error["retryable"], true);
});

test("a body that never ends is a timeout, and reading stops", async () => {
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    let aborted = false;
    const fetch = (_: unknown, init?: RequestInit): Promise<Response> => {
      init?.signal?.addEventListener("abort", () => (aborted = true));
      return Promise.resolve(new Response(new ReadableStream({ pull: () => new Promise(() => undefined) })));
    };
    const auth = createAuthClient({ timeout: 100, fetch });
    await auth.ready({ timeout: 0 }); // the time shall be up in the body, not before
    const error: unknown = await auth.listSessions().catch((error: unknown) => error);
    return [(error as { code: string }).code, aborted];
  });
  assert.deepEqual(value, ["timeout", true]);
});

test("dispose ends what is under way and what comes after", async () => {
  await harness.server.act("answer", { path: sessions, status: 200, wait: never });
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    const auth = createAuthClient();
    const code = (promise: Promise<unknown>): Promise<unknown> =>
      promise.catch((error: unknown) => (error as { code: string }).code);
    const underWay = code(auth.listSessions());
    await new Promise((resolve) => setTimeout(resolve, 100));
    auth.dispose();
    auth.dispose();
    return [await underWay, await code(auth.getUser()), await code(auth.ready())];
  });
  assert.deepEqual(value, ["disposed", "disposed", "disposed"]);
});

test("a timeout that is none is refused", async () => {
  const page = await harness.page();
  for (const timeout of ["-1", "NaN", '"5"', "null", "{}"]) {
    const { error } = await attempt(
      page,
      ({ createAuthClient }, text) =>
        createAuthClient().listSessions({ timeout: (text === "NaN" ? NaN : JSON.parse(text)) as number }),
      timeout,
    );
    assert.equal(error?.["code"], "invalid_argument", timeout);
  }
  assert.equal(await harness.server.requests(), 0);
});
