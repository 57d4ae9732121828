import assert from "node:assert/strict";
import { test } from "node:test";
import { all, atEachStep } from "./steps.ts";
import { begin, codeOf, storages } from "./traq.ts";

// What comes late. Nobody who has signed out is signed in again, the state is what is so, and no
// token is left alive at the server that the client does not have.

for (const begun of all) {
  for (const [storage, create] of Object.entries(storages)) {
    test(`a logout at any step of ${begun}, with ${storage}, is a logout`, () =>
      atEachStep(
        begun,
        (world) => [create(world)],
        ({ auth }) => Promise.resolve(() => auth.logout()),
        async ({ auth, world, ended, happened, isLate, when }) => {
          assert.equal(happened, undefined, when);
          assert.equal(auth.getSnapshot().status, "signed-out", when);
          assert.deepEqual([...world.alive], [], when);
          if (begun.startsWith("a login") && !isLate) {
            assert.equal(ended, "not_authenticated", when);
          }
          assert.equal(await codeOf(auth.getAccessToken()), "not_authenticated", when);
          assert.equal((await auth.refresh()).status, "signed-out", when);
        },
      ));

    test(`a login at any step of ${begun}, with ${storage}, signs in`, () =>
      atEachStep(
        begun,
        (world) => [create(world)],
        async ({ auth }) => {
          const url = await begin(auth, "carol");
          return () => auth.completeLogin(url);
        },
        async ({ auth, world, ended, happened, when }) => {
          assert.deepEqual(happened, { returnTo: null }, when);
          const token = await auth.getAccessToken();
          assert.deepEqual([...world.alive], [[token, auth.getSnapshot().user?.name]], when);
          if (begun === "a renewal") {
            assert.match(String(ended), /^access/, when);
          }
        },
      ));
  }

  test(`a dispose at any step of ${begun} ends it, and nothing more is sent`, () =>
    atEachStep(
      begun,
      (world) => [storages["a slow storage"]?.(world)],
      ({ auth, world }) =>
        Promise.resolve(() => {
          auth.dispose();
          return Promise.resolve(world.requests.length);
        }),
      ({ world, ended, happened, isLate, when }) => {
        assert.ok(ended === "disposed" || typeof ended === "object" || isLate, when);
        assert.equal(world.requests.length, happened, when);
        return Promise.resolve();
      },
    ));
}
