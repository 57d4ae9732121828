import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { useHarness } from "./harness.ts";
import * as app from "./oauth2.ts";

// Signing in by OAuth2, with the page and the server on two origins.

const harness = useHarness();
beforeEach(() => harness.reset());

test("consent leads to a token, and the address has nothing of it", async () => {
  const page = await app.openApp(harness);
  assert.deepEqual(await app.signIn(page, harness), { value: { returnTo: null } });
  assert.equal(page.url(), app.redirectURI(harness));
  const { value } = await app.on(page, harness, ".getUser()");
  assert.equal((value as { name: string }).name, "alice");
  assert.match(String((await app.on(page, harness, ".getAccessToken()")).value), /^[\w-]{20,}$/);
});
