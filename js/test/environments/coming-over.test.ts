import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import { outcome, type Outcome } from "../e2e/client.ts";
import { useHarness } from "../e2e/harness.ts";
import { applicationScript } from "./bundle.ts";

// An application by the official client, and what becomes of it: the guide
// shows both, and a person must see no difference.

const harness = useHarness();
beforeEach(() => harness.reset());

/** Opens an application in a browser of its own, to call its functions. */
async function open(which: string): Promise<(call: string) => Promise<Outcome>> {
  const page: Page = await harness.page();
  await page.evaluate(await applicationScript(which));
  return (call) => outcome(page, `application.${call}`);
}

for (const which of ["before", "after"]) {
  test(`${which}: a person signs in in two places, ends one, and signs out`, async () => {
    const [here, there] = [await open(which), await open(which)];
    const gives = async (app: typeof here, call: string, value: unknown): Promise<void> => {
      assert.deepEqual(await app(call), { value }, call);
    };
    await gives(here, "isSignedIn()", false);
    await gives(here, `signIn("alice", "wrong")`, "The name or the password is wrong.");
    await gives(here, `signIn("suspended", "password1234")`, "This account is suspended.");
    await gives(here, `signIn("alice", "password1234")`, "Welcome, alice");
    await gives(here, "isSignedIn()", true);
    const [first] = (await here("listDevices()")).value as { id: string; since: string }[];
    assert.ok(first && Date.now() - Date.parse(first.since) < 3_600_000);

    await gives(there, `signIn("alice", "password1234")`, "Welcome, alice");
    await gives(there, "listDevices().then((devices) => devices.length)", 2);
    await gives(there, `endDevice("${first.id}").then(() => "ended")`, "ended");
    await gives(here, "isSignedIn()", false);
    await gives(there, "isSignedIn()", true);
    await gives(there, `signOut().then(() => "signed out")`, "signed out");
    await gives(there, "isSignedIn()", false);

    await harness.server.reachable(false);
    assert.notEqual((await here("isSignedIn()")).error, undefined, "nobody can tell");
  });
}

test("both: what the one signs in, the other may use", async () => {
  const app = await open("both");
  assert.equal((await app("listChannels()")).error?.["status"], 401);
  await app(`auth.login({ name: "alice", password: "password1234" })`);
  assert.deepEqual(await app("listChannels()"), { value: ["general"] });
  await app("auth.logout()");
  assert.equal((await app("listChannels()")).error?.["status"], 401);
});

test("where traQ redirects, the official client gives what lies there", async () => {
  const app = await open("redirects");
  await app(`auth.login({ name: "alice", password: "password1234" })`);
  const page = String((await app("linkBefore()")).value);
  assert.match(page, /^<!doctype html>/i, "the provider's page, which the person does not see");
  const { origin } = harness.server;
  assert.deepEqual(await app("linkAfter()"), { value: { url: `${origin}/api/auth/oidc?link=1` } });
  const { value } = await app("logoutBefore()");
  assert.ok("version" in (value as { data: object }).data, "the body of another call");
  await app(`auth.login({ name: "alice", password: "password1234" })`);
  assert.deepEqual(await app("logoutAfter()"), { value: { redirectTo: `${origin}/api/v3/version` } });
});
