// @vitest-environment jsdom
import { createOAuth2Client } from "traq-auth/oauth2";
import { createTestServer } from "traq-auth-testing";
import { expect, test } from "vitest";

test("alice allows the application", async () => {
  const traq = await createTestServer();
  const [clientId, redirectURI] = ["the-app", `${traq.origin}/callback`];
  traq.act("client", clientId, redirectURI, "read");
  const auth = createOAuth2Client({ baseURL: traq.baseURL, clientId, redirectURI, fetch: traq.fetch });
  traq.signIn("alice"); // at traQ itself
  const { url } = await auth.login({ navigate: false });
  await traq.fetch(url); // traQ's page, which asks alice
  const submit = new URLSearchParams({ submit: "approve" });
  const { url: answer } = await traq.fetch("/api/v3/oauth2/authorize/decide", {
    method: "POST",
    body: submit,
  });
  await auth.completeLogin(answer);
  expect(auth.getSnapshot().user?.name).toBe("alice");
});
