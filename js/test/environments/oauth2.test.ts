import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { useHarness } from "../e2e/harness.ts";
import * as app from "../e2e/oauth2.ts";
import { pageScript } from "./bundle.ts";

// Other clients of traQ's, in a page of another origin, with the OAuth2 client's token.

const harness = useHarness();
beforeEach(() => harness.reset());

test("@traptitech/traq lists channels with getAccessToken, which renews the token when it is due", async () => {
  await harness.server.act("refresh-tokens", "on");
  const page = await app.openApp(harness);
  await app.signIn(page, harness);
  await page.evaluate(await pageScript("traptitech"));
  const list = `(app) => listChannels("${harness.server.origin}/api/v3", app.getAccessToken)`;
  assert.deepEqual(await app.using(page, harness, list), { value: ["general"] });
  const { value: first } = await app.on(page, harness, ".getAccessToken()");
  await harness.server.act("age-tokens", "alice", "8760h");
  await app.pass(page, 365 * 24 * 3600 * 1000);
  assert.deepEqual(await app.using(page, harness, list), { value: ["general"] });
  assert.notEqual((await app.on(page, harness, ".getAccessToken()")).value, first);
});

test("the cookie's client takes getAccessToken too", async () => {
  const page = await app.openApp(harness);
  await app.signIn(page, harness);
  const user = `async ({ getAccessToken }) => (await import("/pkg/index.js")).createAuthClient({
    baseURL: "${harness.server.origin}/api/v3",
    accessToken: getAccessToken,
  }).getUser()`;
  assert.equal(((await app.using(page, harness, user)).value as { name: string }).name, "alice");
});
