import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { OAuth2Client } from "../../../src/oauth2/types.ts";
import { begin, codeOf, createClient, createWorld, quickStorage, signIn, type World } from "./traq.ts";

// A storage that fails once to read, as an IndexedDB whose connection is lost: nothing is forgotten for it.

interface Scene {
  readonly world: World;
  readonly auth: OAuth2Client;
  /** Has the next read fail of the item whose key has this part. */
  readonly fail: (part: string) => void;
}

async function aliceIsIn(t: TestContext): Promise<Scene> {
  const world = createWorld();
  const quick = quickStorage();
  let part: string | undefined;
  const storage = {
    ...quick,
    getItem: (key: string) => {
      if (part !== undefined && key.includes(part)) {
        part = undefined;
        throw new DOMException("Connection to Indexed Database server lost", "UnknownError");
      }
      return quick.getItem(key);
    },
  };
  const auth = createClient(world, { storage });
  t.after(auth.dispose);
  await signIn(auth);
  await world.quiet();
  return { world, auth, fail: (next) => (part = next) };
}

test("a logout erases and revokes the token", async (t) => {
  const { world, auth, fail } = await aliceIsIn(t);
  fail("token:");
  await auth.logout();
  assert.deepEqual([...world.alive], []);
  assert.equal((await auth.refresh()).status, "signed-out");
});

test("a question finds the token", async (t) => {
  const { auth, fail } = await aliceIsIn(t);
  fail("token:");
  assert.equal((await auth.refresh()).status, "signed-in");
});

test("what is to be revoked already stays so", async (t) => {
  const { world, auth, fail } = await aliceIsIn(t);
  world.handler = (request) =>
    request.includes("revoke") ? Promise.reject(new TypeError("offline")) : undefined;
  assert.equal(await codeOf(auth.logout()), "network_error");
  await signIn(auth, "bob");
  await world.quiet();
  fail("revoke:");
  await codeOf(auth.logout());
  world.handler = undefined;
  await auth.refresh();
  await world.quiet();
  assert.deepEqual([...world.alive], []);
});

test("a login in the place of another revokes that", async (t) => {
  const { world, auth, fail } = await aliceIsIn(t);
  const url = await begin(auth, "bob");
  await world.quiet();
  fail("token:");
  await auth.completeLogin(url);
  await world.quiet();
  assert.deepEqual([...world.alive.values()], ["bob"]);
});
