import { createAuthClient } from "traq-auth";
import { createTestServer } from "traq-auth-testing";

test("somebody signs in with what is imported", async () => {
  const traq = await createTestServer();
  const auth = createAuthClient({ baseURL: traq.baseURL, fetch: traq.fetch });
  await auth.login({ name: "alice", password: "password1234" });
  expect(await auth.getUser()).toMatchObject({ name: "alice" });
  traq.act("deactivate", "alice");
  await expect(auth.getUser()).rejects.toMatchObject({ code: "not_authenticated" });
});
