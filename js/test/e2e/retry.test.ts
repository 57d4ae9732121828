import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { alice, call } from "./client.ts";
import { useHarness } from "./harness.ts";

// What is sent again by itself, counted at the server. For how long it waits,
// see js/test/unit/call/retry.test.ts, which has a false clock.

const harness = useHarness();
beforeEach(() => harness.reset());

// A connection that breaks is not among the answers: browsers send on another one by themselves.
const busy = { status: 503, body: '{"message":"?"}' };

for (const answer of [busy, { ...busy, status: 502 }, { ...busy, status: 504 }, { ...busy, status: 429 }]) {
  test(`a read is sent three times in all: ${JSON.stringify(answer)}`, async () => {
    const page = await harness.page();
    await harness.server.act("answer", answer);
    for (const [i, method] of [
      "getUser",
      "listSessions",
      "listAccounts",
      "listProviders",
      "getServerInfo",
    ].entries()) {
      const { error } = await call(page, method);
      assert.equal(error?.["retryable"], true, method);
      assert.equal(await harness.server.requests(), 3 * (i + 1), method);
    }
  });
}

test("what writes is sent once", async () => {
  const page = await harness.page();
  await harness.server.act("answer", busy);
  const away = { navigate: false };
  for (const [i, [method, ...args]] of [
    ["login", alice],
    ["revokeSession", "01a207ab-7610-7cca-92e9-2da640e2838e"],
    ["linkAccount", "oidc", away],
    ["loginWith", "oidc", away],
    ["unlinkAccount", "oidc"],
    ["logout"],
  ].entries()) {
    const { error } = await call(page, method as string, args);
    assert.equal(error?.["code"], "server_error", method as string);
    assert.equal(await harness.server.requests(), i + 1, method as string);
  }
});

test("an error that does not pass is not sent again, and neither is anything without retries", async () => {
  const page = await harness.page();
  await harness.server.act("answer", { ...busy, status: 500 });
  await call(page, "getUser");
  assert.equal(await harness.server.requests(), 1);
  await harness.server.act("answer", busy);
  await call(page, "getUser", [], { retries: 0 });
  assert.equal(await harness.server.requests(), 2);
});

test("a call succeeds when the server does", async () => {
  const page = await harness.page();
  await call(page, "login", [alice]);
  await harness.server.act("answer", busy);
  const late = call(page, "getUser", [], { retries: 20 });
  await new Promise((resolve) => setTimeout(resolve, 300));
  await harness.server.act("answer");
  assert.equal(((await late).value as { name: string }).name, "alice");
});

test("Retry-After is waited for, and a longer one than there is time for is told at once", async () => {
  const page = await harness.page();
  await harness.server.act("answer", { ...busy, headers: { "Retry-After": "1" } });
  const begun = Date.now();
  await call(page, "getUser", [], { retries: 1 });
  assert.equal(await harness.server.requests(), 2);
  assert.ok(Date.now() - begun >= 1200, "not before");
  const { error } = await call(page, "getUser", [{ timeout: 1000 }]);
  assert.deepEqual([error?.["code"], error?.["retryAfterMs"]], ["server_error", 1000]);
  assert.equal(await harness.server.requests(), 3);
});
