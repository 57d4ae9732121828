// @vitest-environment jsdom
import { createAuthClient } from "traq-auth";
import { expect, test } from "vitest";

// The fetch is Node's, which keeps no cookies.
test("a page's client asks the server", async () => {
  const auth = createAuthClient({ accessToken: "read" });
  expect(location.pathname).toBe("/_test/blank");
  expect(await auth.getUser()).toMatchObject({ name: "alice" });
  const login = auth.login({ name: "alice", password: "wrong" });
  await expect(login).rejects.toMatchObject({ code: "invalid_credentials" });
});
