import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { alice, call } from "./client.ts";
import { useHarness } from "./harness.ts";

// What a page of another origin can do: traQ answers with
// Access-Control-Allow-Origin: * and never allows credentials.

const harness = useHarness();
beforeEach(() => harness.reset());

const across = (): { baseURL: string } => ({ baseURL: `${harness.server.origin}/api/v3` });

test("a login without credentials is cookie_not_kept", async () => {
  const page = await harness.page(harness.server.other);
  for (const options of [across(), { ...across(), credentials: "omit" }]) {
    const { error } = await call(page, "login", [alice], options);
    assert.equal(error?.["code"], "cookie_not_kept");
    assert.equal(error["status"], 204);
  }
});

test("a login with a redirect and without credentials is cookie_not_kept", async () => {
  const page = await harness.page(harness.server.other);
  const { error } = await call(page, "login", [alice, { redirect: "/foo" }], across());
  assert.equal(error?.["code"], "cookie_not_kept");
});

test("a login on the same origin that omits credentials is cookie_not_kept", async () => {
  const page = await harness.page();
  const { error } = await call(page, "login", [alice], { credentials: "omit" });
  assert.equal(error?.["code"], "cookie_not_kept");
});

test("a call with credentials is cross_origin_blocked, and names a way out", async () => {
  const page = await harness.page(harness.server.other);
  for (const [method, args] of [
    ["login", [alice]],
    ["listSessions", []],
    ["logout", []],
  ] as const) {
    const { error } = await call(page, method, args, { ...across(), credentials: "include" });
    assert.equal(error?.["code"], "cross_origin_blocked", method);
    assert.equal(error["operation"], method);
    assert.match(String(error["message"]), /proxy/);
  }
});

test("a login that failed is told apart all the same", async () => {
  const page = await harness.page(harness.server.other);
  const { error } = await call(page, "login", [{ ...alice, password: "wrong" }], across());
  assert.equal(error?.["code"], "invalid_credentials");
  assert.equal(typeof error["requestId"], "string", "X-Request-Id is exposed");
});

test("a bearer token works", async () => {
  await harness.server.act("token", "t-read", "alice", "read");
  const page = await harness.page(harness.server.other);
  const { value } = await call(page, "getUser", [], { ...across(), accessToken: "t-read" });
  assert.equal((value as { name: string }).name, "alice");
  assert.ok((await call(page, "getServerInfo", [], across())).value);
});

test("a server that is not there is network_error", async () => {
  const page = await harness.page(harness.server.other);
  const { error } = await call(page, "listSessions", [], { baseURL: "http://127.0.0.1:1/api/v3" });
  assert.equal(error?.["code"], "network_error");
  assert.equal(error["retryable"], true);
});
