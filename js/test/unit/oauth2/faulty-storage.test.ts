import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import type { OAuth2Client } from "../../../src/oauth2/types.ts";
import type { AuthStorage } from "../../../src/option-types.ts";
import { begin, codeOf, createClient, createWorld, quickStorage, signIn, type World } from "./traq.ts";

// A storage that fails for a moment, as an IndexedDB whose connection is lost, or shows late what was written:
// nothing is forgotten for it, and nothing comes back.

interface Scene {
  readonly world: World;
  readonly auth: OAuth2Client;
  /** Has the next read fail of the item whose key has this part. */
  readonly fail: (part: string) => void;
}

/** Has no revocation reach the server. */
const offline: World["handler"] = (request) =>
  request.includes("revoke") ? Promise.reject(new TypeError("offline")) : undefined;

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
  world.handler = offline;
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

const lost = (): never => {
  throw new DOMException("Connection to Indexed Database server lost", "UnknownError");
};

/** A storage whose methods of these names fail while it is broken. */
function breakable(
  items: Map<string, string>,
  names: readonly (keyof AuthStorage)[],
): { storage: AuthStorage; broken: (is: boolean) => void } {
  const quick = quickStorage(items);
  const storage = { ...quick };
  return {
    storage,
    broken: (is) => {
      const failing = Object.fromEntries(names.map((name) => [name, lost]));
      Object.assign(storage, is ? failing : quick);
    },
  };
}

test("a token does not come back where all fails during a logout", async (t) => {
  const world = createWorld();
  const { storage, broken } = breakable(new Map(), ["getItem", "setItem", "removeItem"]);
  const auth = createClient(world, { storage });
  t.after(auth.dispose);
  await signIn(auth);
  broken(true);
  await auth.logout();
  broken(false);
  assert.equal(await codeOf(auth.getAccessToken()), "not_authenticated");
  assert.deepEqual([...world.alive], []);
});

/** Two tabs, of which the first cannot write while its storage is broken. */
function twoTabs(t: TestContext): {
  world: World;
  auth: OAuth2Client;
  other: OAuth2Client;
  broken: (is: boolean) => void;
} {
  const world = createWorld();
  const items = new Map<string, string>();
  const { storage, broken } = breakable(items, ["setItem"]);
  const auth = createClient(world, { storage });
  const other = createClient(world, { storage: quickStorage(items) });
  t.after(auth.dispose);
  t.after(other.dispose);
  return { world, auth, other, broken };
}

test("what another tab is to revoke is revoked, though a write has failed here", async (t) => {
  const { world, auth, other, broken } = twoTabs(t);
  await signIn(auth);
  broken(true);
  await auth.logout(); // which is to be remembered, in memory
  broken(false);
  await signIn(other, "bob");
  world.handler = offline;
  assert.equal(await codeOf(other.logout()), "network_error");
  other.dispose();
  world.handler = undefined;
  await auth.refresh();
  await world.quiet();
  assert.deepEqual([...world.alive], []);
});

test("what could not be stored here is not lost where another tab has written since", async (t) => {
  const { world, auth, other, broken } = twoTabs(t);
  await signIn(auth);
  await world.quiet();
  world.handler = offline;
  broken(true);
  assert.equal(await codeOf(auth.logout()), "network_error");
  broken(false);
  await signIn(other, "bob");
  assert.equal(await codeOf(other.logout()), "network_error");
  world.handler = undefined;
  await auth.refresh();
  await world.quiet();
  assert.deepEqual([...world.alive], []);
});

test("another tab's login goes on, though a write has failed here", async (t) => {
  const { auth, other, broken } = twoTabs(t);
  broken(true);
  await signIn(auth);
  broken(false);
  const url = await begin(other, "bob");
  await begin(auth, "carol");
  assert.deepEqual(await codeOf(other.completeLogin(url)), { returnTo: null });
});

test("a storage that shows late what was written keeps the token", async (t) => {
  const world = createWorld();
  const quick = quickStorage();
  const late =
    (task: (key: string, text: string) => unknown) =>
    (key: string, text = ""): void => {
      setTimeout(task, 5, key, text);
    };
  const storage = {
    ...quick,
    setItem: late((key, text) => quick.setItem(key, text)),
    removeItem: late((key) => quick.removeItem(key)),
  };
  const auth = createClient(world, { storage });
  t.after(auth.dispose);
  await signIn(auth);
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal((await auth.getUser()).name, "alice");
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.deepEqual([...world.alive.values()], ["alice"]);
});
