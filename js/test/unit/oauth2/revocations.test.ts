import assert from "node:assert/strict";
import { test } from "node:test";
import { codeOf, createClient, createWorld, json, page, quickStorage, signIn } from "./traq.ts";

// A token that is to be revoked is so once the server has said so itself.

const revocations = (requests: readonly string[]): string[] =>
  requests.filter((request) => request.startsWith("POST /oauth2/revoke"));

const empty = (status: number): Response => new Response(null, { status });

for (const [answer, create, code, stays] of [
  ["is traQ's", () => undefined, undefined, false],
  ["says nothing, its headers hidden by a proxy", () => empty(200), undefined, false],
  ["is traQ's, and says something", () => json({}), undefined, false],
  ["is a page with the status 200", () => page(200), "invalid_response", true],
  ["is a page with the status 403", () => page(403), "invalid_response", true],
  ["is a page with the status 404", () => page(404), "invalid_response", true],
  ["is a page with the status 408", () => page(408), "invalid_response", true],
  ["is a page with the status 511", () => page(511), "server_error", true],
  ["has the status 204", () => empty(204), "invalid_response", true],
  ["is another API's", () => Response.json({ message: "ok" }), "invalid_response", true],
  [
    "is another API's refusal",
    () => Response.json({ error: "no" }, { status: 401 }),
    "invalid_response",
    true,
  ],
  [
    "is a redirect",
    () => new Response(null, { status: 302, headers: { Location: "https://portal.example/" } }),
    "invalid_response",
    true,
  ],
  ["is a failure of traQ's", () => json({ message: "Internal Server Error" }, 500), "server_error", true],
  ["is one for too many", () => json({ message: "rate limit exceeded" }, 429), "rate_limited", true],
  ["does not come", () => Promise.reject(new TypeError("fetch failed")), "network_error", true],
  ["is OAuth2's refusal", () => json({ error: "invalid_client" }, 401), "invalid_client", false],
  ["is another refusal of traQ's", () => json({ message: "Bad Request" }, 400), "invalid_request", false],
  ["is that traQ does not have it", () => json({ message: "Not Found" }, 404), "not_found", false],
] as readonly [string, () => Response | Promise<Response> | undefined, string | undefined, boolean][]) {
  test(`a revocation whose answer ${answer} ${stays ? "waits for the next try" : "is not tried again"}`, async (t) => {
    const world = createWorld();
    const items = new Map<string, string>();
    const auth = createClient(world, { storage: quickStorage(items) });
    t.after(auth.dispose);
    await signIn(auth);
    world.handler = (request) => (request.startsWith("POST /oauth2/revoke") ? create() : undefined);
    assert.equal(await codeOf(auth.logout()), code);
    assert.equal(auth.getSnapshot().status, "signed-out");
    assert.equal(items.size, Number(stays), [...items].join());
    world.handler = undefined;
    const later = createClient(world, { storage: quickStorage(items) });
    t.after(later.dispose);
    assert.equal((await later.refresh()).status, "signed-out");
    await world.quiet();
    assert.equal(items.size, 0);
    assert.equal(revocations(world.requests).length, stays ? 2 : 1);
    if (stays) {
      assert.deepEqual([...world.alive], []);
    }
  });
}

test("a revocation that gets no answer of traQ's is tried for a year, and then once more", async (t) => {
  t.mock.timers.enable({ apis: ["Date"], now: Date.now() });
  const world = createWorld();
  const items = new Map<string, string>();
  const auth = createClient(world, { storage: quickStorage(items) });
  t.after(auth.dispose);
  await signIn(auth);
  world.handler = (request) => (request.startsWith("POST /oauth2/revoke") ? page(403) : undefined);
  await codeOf(auth.logout());
  for (const [days, left] of [
    [364, 1],
    [2, 0],
  ] as const) {
    t.mock.timers.setTime(Date.now() + days * 24 * 3600 * 1000);
    await auth.refresh();
    await world.quiet();
    assert.equal(items.size, left, `${days} days later`);
  }
  assert.equal(revocations(world.requests).length, 3);
});

test("the last token is revoked first, whatever becomes of those before", async (t) => {
  const world = createWorld();
  const auth = createClient(world);
  t.after(auth.dispose);
  world.handler = (request) => (request === "POST /oauth2/revoke access1" ? page(403) : undefined);
  await signIn(auth);
  assert.equal(await codeOf(auth.logout()), "invalid_response");
  await signIn(auth);
  await world.quiet();
  world.requests.length = 0;
  assert.equal(await codeOf(auth.logout()), "invalid_response");
  assert.deepEqual(revocations(world.requests), [
    "POST /oauth2/revoke access2",
    "POST /oauth2/revoke access1",
  ]);
  assert.deepEqual([...world.alive.keys()], ["access1"]);
});

test("where a storage does not let go of a token, it is revoked once, and not used any more", async (t) => {
  const world = createWorld();
  const storage = quickStorage();
  const auth = createClient(world, { storage });
  t.after(auth.dispose);
  await signIn(auth);
  Object.assign(storage, {
    removeItem: () => {
      throw new DOMException("no", "InvalidStateError");
    },
  });
  assert.equal(await codeOf(auth.logout()), undefined);
  assert.equal(await codeOf(auth.getAccessToken()), "not_authenticated");
  assert.equal((await auth.refresh()).status, "signed-out");
  await world.quiet();
  assert.equal(revocations(world.requests).length, 1);
});
