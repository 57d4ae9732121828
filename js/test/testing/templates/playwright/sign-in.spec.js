import { expect, test } from "@playwright/test";
import { createTestServer } from "traq-auth-testing";

test("alice can sign in when her account is active again", async ({ page, baseURL }) => {
  const traq = await createTestServer({ origin: baseURL });
  traq.act("suspend", "alice");
  await page.route("**/api/**", async (route) => {
    const asked = route.request();
    const [method, headers, body] = [asked.method(), asked.headers(), asked.postDataBuffer()];
    const answer = await traq.respond(asked.url(), { method, headers, body });
    await route.fulfill({
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    });
  });
  await page.goto("/");
  await page.getByLabel("Name").fill("alice");
  await page.getByLabel("Password").fill("password1234");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toHaveText(/^This account is suspended/);
  traq.act("activate", "alice");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading")).toHaveText("Hello, alice");
});
