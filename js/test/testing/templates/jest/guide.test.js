/** @jest-environment jsdom */
const { createAuthClient } = require("traq-auth");
const { createTestServer } = require("traq-auth-testing");

test("alice signs in", async () => {
  const traq = await createTestServer();
  const auth = createAuthClient({ baseURL: traq.baseURL, fetch: traq.fetch, storage: null });
  await auth.login({ name: "alice", password: "password1234" });
  expect(auth.getSnapshot().user?.name).toBe("alice");
});
