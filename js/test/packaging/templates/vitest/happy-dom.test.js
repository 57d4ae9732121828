// @vitest-environment happy-dom
import { createAuthClient } from "traq-auth";
import { expect, test, vi } from "vitest";

test("a page's client signs in", async () => {
  const auth = createAuthClient();
  const listener = vi.fn();
  auth.subscribe(listener);
  await auth.login({ name: "bob", password: "password1234" });
  expect(await auth.listSessions()).toMatchObject([{ current: true }]);
  expect(listener.mock.lastCall).toMatchObject([{ status: "signed-in", user: { name: "bob" } }]);
  auth.dispose();
});
