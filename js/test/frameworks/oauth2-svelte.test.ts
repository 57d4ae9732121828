import { reset, signIn } from "./oauth2-page.ts"; // first
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { get } from "svelte/store";
import type { Snapshot } from "traq-auth/oauth2";
import { auth } from "./oauth2/auth.ts";
import { displayName } from "./oauth2/svelte.ts";
import { alice } from "./traq.ts";

beforeEach(reset);

test("the OAuth2 client is a store: its first value at once, then each new one, none after the end", async () => {
  const seen: Snapshot[] = [];
  const unsubscribe = auth.subscribe((snapshot) => seen.push(snapshot));
  assert.deepEqual(seen, [{ status: "signed-out", user: null }]);
  await signIn();
  assert.deepEqual(seen.slice(1), [{ status: "signed-in", user: alice }]);
  await auth.refresh();
  assert.equal(seen.length, 2, "nothing has changed");
  unsubscribe();
  unsubscribe();
  await auth.logout();
  assert.equal(seen.length, 2);
});

test("get takes the OAuth2 client for a store", async () => {
  await signIn();
  assert.equal(get(auth), auth.getSnapshot());
  assert.equal(get({ subscribe: auth.subscribe }).user?.name, "alice");
});

test("a derived store follows who is signed in", async () => {
  const seen: (string | undefined)[] = [];
  const unsubscribe = displayName.subscribe((name) => seen.push(name));
  await signIn();
  await auth.logout();
  assert.deepEqual(seen, [undefined, "Alice", undefined]);
  unsubscribe();
});
