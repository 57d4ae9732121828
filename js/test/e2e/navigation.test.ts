import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { alice, attempt, call, inWorker } from "./client.ts";
import { useHarness } from "./harness.ts";

// How linkAccount leaves the page, or does not.

const harness = useHarness();
beforeEach(() => harness.reset());

const entrance = (): string => `${harness.server.origin}/api/auth/oidc?link=1`;

test("linkAccount goes to the provider", async () => {
  const page = await harness.page();
  await call(page, "login", [alice]);
  await Promise.all([
    page.waitForNavigation(),
    page.evaluate(async () => {
      const { createAuthClient } = await import("/pkg/index.js");
      void createAuthClient().linkAccount("oidc");
    }),
  ]);
  assert.equal(new URL(page.url()).pathname, "/_provider/authorize");
});

test("linkAccount goes in the caller's own way, or only gives the address", async () => {
  const page = await harness.page();
  await call(page, "login", [alice]);
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    const gone: string[] = [];
    const go = (url: URL): void => {
      gone.push(`${url.constructor.name} ${url.href}`);
    };
    const links = [
      await createAuthClient({ navigate: go }).linkAccount("oidc"),
      await createAuthClient().linkAccount("oidc", { navigate: go }),
      await createAuthClient({ navigate: go }).linkAccount("oidc", { navigate: false }),
    ];
    return [gone, links.map(({ url }) => url), location.pathname];
  });
  const url = entrance();
  assert.deepEqual(value, [[`URL ${url}`, `URL ${url}`], [url, url, url], "/_test/blank"]);
});

test("a link that is refused leaves the page where it is", async () => {
  const page = await harness.page();
  await call(page, "login", [alice]);
  const { error } = await call(page, "linkAccount", ["github"]);
  assert.equal(error?.["code"], "provider_not_enabled");
  assert.equal(page.url(), `${harness.server.origin}/_test/blank`);
});

test("in a worker nothing can navigate, and all else works", async () => {
  const page = await harness.page();
  const value = await inWorker(
    page,
    `
      await auth.login({ name: "alice", password: "password1234" });
      const refused = await auth.linkAccount("oidc").catch(({ code }) => code);
      const link = await auth.linkAccount("oidc", { navigate: false });
      return [refused, link.url, (await auth.listSessions()).length];`,
  );
  assert.deepEqual(value, ["browser_required", entrance(), 1]);
});
