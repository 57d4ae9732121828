// @vitest-environment jsdom
import { createAuthClient } from "traq-auth";
import { createTestServer } from "traq-auth-testing";
import { expect, onTestFinished, test, vi } from "vitest";

const alice = { name: "alice", password: "password1234" };

async function start() {
  const traq = await createTestServer();
  const auth = createAuthClient({ baseURL: traq.baseURL, fetch: traq.fetch, storage: null });
  onTestFinished(() => auth.dispose());
  return { traq, auth };
}

test("too many tries", async () => {
  const { traq, auth } = await start();
  traq.act("answer", { path: "/api/v3/login", status: 429, headers: { "Retry-After": "30" } });
  await expect(auth.login(alice)).rejects.toMatchObject({ code: "rate_limited", retryAfterMs: 30_000 });
});

test("the server is down, and up again", async () => {
  const { traq, auth } = await start();
  traq.act("answer", { break: true });
  await expect(auth.login(alice)).rejects.toMatchObject({ code: "network_error" });
  traq.act("answer"); // as ever
  await auth.login(alice);
});

test("the session is ended on another device", async () => {
  const { traq, auth } = await start();
  await auth.login(alice);
  auth.subscribe(() => {});
  traq.act("end-sessions", "alice");
  vi.setSystemTime(Date.now() + 6_000); // a page asks again after 5 s at the earliest
  onTestFinished(() => vi.useRealTimers());
  window.dispatchEvent(new Event("focus"));
  await vi.waitFor(() => expect(auth.getSnapshot().status).toBe("signed-out"), { timeout: 10_000 });
});
