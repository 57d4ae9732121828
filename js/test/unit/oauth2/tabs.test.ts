import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { AuthStorage } from "../../../src/option-types.ts";
import { all, atEachStep } from "./steps.ts";
import { begin, codeOf, quickStorage, slowStorage, type World } from "./traq.ts";

// What another client does that shares the storage, at any step of what is under way in this one.

// Of a page alone the client tells other tabs.
before(() => {
  Object.assign(globalThis, { location: { href: "https://app.example/", origin: "https://app.example" } });
});
after(() => Reflect.deleteProperty(globalThis, "location"));

const shared: Readonly<Record<string, (world: World) => AuthStorage[]>> = {
  "that tabs share": () => {
    const items = new Map<string, string>();
    return [quickStorage(items), quickStorage(items)];
  },
  "that two clients of a page have, which is slow": (world) => {
    const storage = slowStorage(world);
    return [storage, storage];
  },
};

for (const begun of all) {
  for (const [storage, create] of Object.entries(shared)) {
    test(`another's logout at any step of ${begun}, with a storage ${storage}, is a logout`, () =>
      atEachStep(
        begun,
        create,
        ({ other }) => Promise.resolve(() => other.logout()),
        async ({ auth, other, world, happened, when }) => {
          assert.equal(happened, undefined, when);
          assert.equal(auth.getSnapshot().status, "signed-out", when);
          assert.deepEqual([...world.alive], [], when);
          for (const client of [auth, other]) {
            assert.equal(await codeOf(client.getAccessToken()), "not_authenticated", when);
            assert.equal((await client.refresh()).status, "signed-out", when);
          }
        },
      ));

    test(`another's login at any step of ${begun}, with a storage ${storage}, signs in`, () =>
      atEachStep(
        begun,
        create,
        async ({ other }) => {
          const url = await begin(other, "carol");
          return () => other.completeLogin(url);
        },
        async ({ auth, other, world, happened, when }) => {
          if (begun === "a renewal that is refused" && happened === "not_authenticated") {
            // It was told meanwhile that nobody is signed in any more, as by a logout.
            assert.deepEqual([...world.alive], [], when);
            assert.equal((await other.refresh()).status, "signed-out", when);
            return;
          }
          assert.deepEqual(happened, { returnTo: null }, when);
          const token = await auth.getAccessToken();
          for (const client of [auth, other]) {
            const { user } = await client.refresh();
            assert.deepEqual([...world.alive], [[token, user?.name]], when);
            assert.equal(await client.getAccessToken(), token, when);
          }
        },
      ));
  }

  // There nothing keeps two tabs from writing at the same time, so a token may be overwritten unseen.
  test(`another tab's logout at any step of ${begun}, with a slow storage that tabs share, signs out`, () =>
    atEachStep(
      begun,
      (world) => {
        const items = new Map<string, string>();
        return [slowStorage(world, items), slowStorage(world, items)];
      },
      ({ other }) => Promise.resolve(() => other.logout()),
      async ({ auth, other, happened, when }) => {
        assert.equal(happened, undefined, when);
        assert.equal(auth.getSnapshot().status, "signed-out", when);
        for (const client of [auth, other]) {
          assert.equal(await codeOf(client.getAccessToken()), "not_authenticated", when);
          assert.equal((await client.refresh()).status, "signed-out", when);
        }
      },
    ));
}
