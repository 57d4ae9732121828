// @vitest-environment jsdom
import { createAuthClient } from "traq-auth";
import { createTestServer } from "traq-auth-testing";
import { expect, onTestFinished, test } from "vitest";

/** Makes a server, and a client whose requests go to it. */
async function start() {
  localStorage.clear(); // where the client of the test before has stored its session
  const traq = await createTestServer();
  const auth = createAuthClient({ baseURL: traq.baseURL, fetch: traq.fetch });
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
