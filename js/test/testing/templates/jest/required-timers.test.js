jest.useFakeTimers(); // as the configuration may, before anything is required
const { createTestServer } = require("traq-auth-testing");

test("what the server waits for passes, although timers are faked", async () => {
  const traq = await createTestServer();
  traq.signIn("alice");
  traq.act("age", "alice", "360h"); // to be renewed
  expect((await traq.fetch("/api/v3/users/me")).status).toBe(200);
  traq.act("answer", { status: 204, wait: 10 });
  expect((await traq.fetch("/api/v3/version")).status).toBe(204);
});
