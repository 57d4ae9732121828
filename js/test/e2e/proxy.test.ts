import assert from "node:assert/strict";
import { beforeEach, test, type TestContext } from "node:test";
import { startExample } from "./example.ts";
import { useHarness } from "./harness.ts";
import { button, counts, shows, signIn } from "./page.ts";

// The example in front of a server elsewhere, as TRAQ=… make run starts it.

const harness = useHarness();
beforeEach(() => harness.reset());

/** Starts the example in front of the test server, and gives its page's address. */
async function startPage(t: TestContext): Promise<string> {
  const { page, end } = await startExample(harness.server.origin);
  t.after(end);
  return page;
}

test("through the proxy a person signs in, ends sessions, and is told what cannot work", async (t) => {
  const address = await startPage(t);
  await harness.server.act("session", "alice", "30h");
  const page = await harness.page();
  await page.goto(address);
  await shows(page, `With your name and password at ${harness.server.origin}.`);
  await counts(page, "Sign in with OpenID Connect", 1);
  await shows(page, `This leads to ${harness.server.origin} and ends there, not here`);
  await signIn(page);
  await shows(page, "You are signed in.");
  await shows(page, `Linking leads to ${harness.server.origin} and comes back there, not here`);
  await counts(page, "End session", 2);
  await shows(page, "yesterday");
  await page.reload();
  await counts(page, "End session", 2);
  await button(page, "Sign out everywhere").click();
  await shows(page, "You are signed out everywhere.");
});

test("a link leads to the provider through the server itself", async (t) => {
  const address = await startPage(t);
  const page = await harness.page();
  await page.goto(address);
  await signIn(page);
  await shows(page, "not linked");
  await Promise.all([page.waitForNavigation(), button(page, "Link").click()]);
  assert.match(page.url(), /\/authorize\?/);
  assert.match(
    decodeURIComponent(page.url()),
    new RegExp(`redirect_uri=${harness.server.origin}/api/auth/oidc/callback`),
  );
});
