import { createTestServer } from "traq-auth-testing";
import { afterEach, expect, test, vi } from "vitest";
import { sessionOf } from "./session"; // as the page on servers has it

afterEach(() => vi.unstubAllGlobals());

test("the server knows who has sent a request", async () => {
  const traq = await createTestServer({ origin: "https://traq.example" });
  vi.stubGlobal("fetch", traq.handle);
  const { cookie } = traq.newBrowser("alice");
  const request = new Request("https://app.example/", { headers: { Cookie: cookie } });
  expect((await sessionOf(request)).user?.name).toBe("alice");
});
