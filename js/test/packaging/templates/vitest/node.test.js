import { createAuthClient } from "traq-auth";
import { createOAuth2Client } from "traq-auth/oauth2";
import { expect, test } from "vitest";

const baseURL = `${process.env.API}/api/v3`;

test("clients ask the server", async () => {
  const auth = createAuthClient({ baseURL, accessToken: "read" });
  expect(await auth.getUser()).toMatchObject({ name: "alice" });
  const app = createOAuth2Client({ baseURL, clientId: "app", redirectURI: "https://app.example/" });
  expect((await app.login({ navigate: false })).url).toMatch(`${baseURL}/oauth2/authorize?`);
});
