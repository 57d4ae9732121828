import { window } from "./page.ts"; // first
import assert from "node:assert/strict";
import { test } from "node:test";
import { auth } from "./auth.ts";
import { alice, credentials, traq } from "./traq.ts";

const went: string[] = [];
Object.assign(globalThis, {
  location: { href: window.location.href, replace: (url: string) => went.push(url) },
});

/** What the page has begun, without being waited for, is done. */
const settled = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 50));

/** A page that comes out of the back-forward cache. */
async function showAgain(): Promise<void> {
  const event = Object.assign(new window.Event("pageshow"), { persisted: true });
  window.dispatchEvent(event);
  await settled();
}

test("a page begins, and goes to where it left for a provider", async () => {
  await auth.loginWith("google", { returnTo: "/settings", navigate: false });
  traq.signedIn = true; // at the provider
  await import("./start.ts");
  for (let tries = 0; went.length === 0 && tries < 100; tries++) {
    await settled();
  }
  assert.deepEqual(auth.getSnapshot(), { status: "signed-in", user: alice });
  assert.deepEqual(went, ["https://q.example/settings"]);
  await showAgain();
  assert.equal(went.length, 1, "it is told once");
});

test("a page that is shown again goes there too", async () => {
  await auth.logout();
  await auth.loginWith("google", { returnTo: "/again", navigate: false });
  traq.signedIn = true;
  await showAgain();
  assert.deepEqual(went.slice(1), ["https://q.example/again"]);
});

test("a page stays where it is after a login that was abandoned", async () => {
  await auth.logout();
  await auth.loginWith("google", { returnTo: "/abandoned", navigate: false });
  await showAgain();
  assert.equal(went.length, 2);
  assert.equal(auth.getSnapshot().status, "signed-out");
});

test("a page that cannot ask the server knows what it knew", async () => {
  await auth.login(credentials);
  traq.reachable = false;
  await showAgain();
  assert.equal(auth.getSnapshot().status, "signed-in");
});
