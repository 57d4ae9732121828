const { createAuthClient } = require("traq-auth");
const { createTestServer } = require("traq-auth-testing");

test("somebody signs in with what is required", async () => {
  const traq = await createTestServer();
  const auth = createAuthClient({ baseURL: traq.baseURL, fetch: traq.fetch });
  await auth.login({ name: "alice", password: "password1234" });
  expect(await auth.getUser()).toMatchObject({ name: "alice" });
  expect(await auth.listSessions()).toHaveLength(1);
  expect(await auth.logout({ redirect: "/bye" })).toEqual({ redirectTo: `${traq.origin}/bye` });
});
