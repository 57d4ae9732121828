import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { get, readable } from "svelte/store";
import { compile } from "svelte/compiler";
import { type Component } from "svelte";
import { render } from "svelte/server";
import type { Snapshot } from "traq-auth";
import { auth } from "./auth.ts";
import { displayName } from "./svelte.ts";
import { alice, credentials, traq } from "./traq.ts";

beforeEach(async () => {
  traq.signedIn = false;
  await auth.refresh();
});

test("a store gives its first value at once, and none after it is unsubscribed from", async () => {
  const seen: Snapshot[] = [];
  const unsubscribe = auth.subscribe((snapshot) => seen.push(snapshot));
  assert.deepEqual(seen, [{ status: "signed-out", user: null }]);
  await auth.login(credentials);
  assert.deepEqual(seen.slice(1), [{ status: "signed-in", user: alice }]);
  unsubscribe();
  unsubscribe();
  await auth.logout();
  assert.equal(seen.length, 2);
});

test("get takes the client for a store", async () => {
  assert.equal(get(auth), auth.getSnapshot());
  await auth.login(credentials);
  assert.equal(get(auth), auth.getSnapshot());
  assert.equal(get({ subscribe: auth.subscribe }).user?.name, "alice");
});

test("a derived store follows who is signed in", async () => {
  const seen: (string | undefined)[] = [];
  const unsubscribe = displayName.subscribe((name) => seen.push(name));
  await auth.login(credentials);
  await auth.refresh();
  await auth.logout();
  assert.deepEqual(seen, [undefined, "Alice", undefined]);
  unsubscribe();
  await auth.login(credentials);
  assert.equal(seen.length, 3);
  assert.equal(get(displayName), "Alice");
});

test("a readable store can be fed by it", async () => {
  const store = readable(auth.getSnapshot(), (set) => auth.subscribe(set));
  const seen: string[] = [];
  const unsubscribe = store.subscribe(({ status }) => seen.push(status));
  await auth.login(credentials);
  unsubscribe();
  await auth.logout();
  assert.deepEqual(seen, ["signed-out", "signed-in"]);
});

test("a component takes the client for a store", async () => {
  const source = `
    <script>
      import { auth } from "./auth.ts";
    </script>
    <p>{$auth.user?.displayName ?? $auth.status}</p>`;
  const { js } = compile(source, { generate: "server" });
  const code = js.code.replace(/(?<=from |import )(['"])(.+?)\1/g, (_, __, name: string) =>
    JSON.stringify(import.meta.resolve(name)),
  );
  const { default: Who } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
    default: Component;
  };
  const rendered = (): string =>
    render(Who)
      .body.replace(/<!--.*?-->/g, "")
      .trim();
  assert.equal(rendered(), "<p>signed-out</p>");
  await auth.login(credentials);
  assert.equal(rendered(), "<p>Alice</p>");
});
