// @vitest-environment jsdom
import { http } from "msw";
import { setupServer } from "msw/node";
import { createTestServer } from "traq-auth-testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auth } from "./auth.js"; // the application's client

const traq = await createTestServer();
const msw = setupServer(http.all(`${traq.origin}/api/*`, ({ request }) => traq.respond(request)));
beforeAll(() => msw.listen());
afterAll(() => msw.close());

test("alice signs in", async () => {
  await auth.login({ name: "alice", password: "password1234" });
  expect(auth.getSnapshot().user?.name).toBe("alice");
});
