import { http } from "msw";
import { setupServer } from "msw/node";
import { createAuthClient } from "traq-auth";
import { createTestServer } from "traq-auth-testing";
import { afterAll, beforeAll, expect, test } from "vitest";

const traq = await createTestServer();
const msw = setupServer(http.all(`${traq.origin}/*`, ({ request }) => traq.respond(request)));
beforeAll(() => msw.listen({ onUnhandledRequest: "error" }));
afterAll(() => msw.close());

test("one handler answers what the page fetches, and MSW keeps the cookies", async () => {
  const auth = createAuthClient({ baseURL: traq.baseURL, credentials: "include" });
  expect(await auth.login({ name: "alice", password: "password1234" }, { redirect: "/home" })).toEqual({
    redirectTo: `${traq.origin}/home`,
  });
  expect(await auth.getUser()).toMatchObject({ name: "alice" });
  expect(await auth.listSessions()).toHaveLength(1);
  const { url } = await auth.linkAccount("oidc", { navigate: false });
  expect(url).toBe(`${traq.origin}/api/auth/oidc?link=1`);
  traq.act("suspend", "alice");
  await expect(auth.getUser()).rejects.toMatchObject({ code: "account_suspended" });
});
