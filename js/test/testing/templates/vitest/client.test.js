// @vitest-environment jsdom
import { createAuthClient } from "traq-auth";
import { createTestServer } from "traq-auth-testing";
import { expect, onTestFinished, test } from "vitest";

/** Makes a server, and a client that sends its requests there and stores nothing. */
async function start() {
  const traq = await createTestServer();
  const auth = createAuthClient({ baseURL: traq.baseURL, fetch: traq.fetch, storage: null });
  onTestFinished(() => auth.dispose());
  return { traq, auth };
}

test("alice signs in", async () => {
  const { auth } = await start();
  await auth.login({ name: "alice", password: "password1234" });
  expect(auth.getSnapshot().user?.name).toBe("alice");
});

test("a suspended account cannot sign in", async () => {
  const { traq, auth } = await start();
  traq.act("suspend", "alice");
  const login = auth.login({ name: "alice", password: "password1234" });
  await expect(login).rejects.toMatchObject({ code: "account_suspended" });
});
