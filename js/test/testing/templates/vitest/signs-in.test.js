import { createAuthClient, isAuthError } from "traq-auth";
import { createTestServer } from "traq-auth-testing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

// Run in Node, in jsdom and in happy-dom.

/** Node has no storage of its own, by which a client knows its session. */
const memory = (kept = new Map()) => ({
  getItem: (key) => kept.get(key) ?? null,
  setItem: (key, value) => void kept.set(key, value),
  removeItem: (key) => void kept.delete(key),
});

let traq;
let auth;
beforeEach(async () => {
  traq = await createTestServer();
  auth = createAuthClient({ baseURL: traq.baseURL, fetch: traq.fetch, storage: memory() });
});
afterEach(() => {
  auth.dispose();
  traq.close();
});

const codeOf = (promise) =>
  promise.then(
    () => "no error",
    (error) => (isAuthError(error) ? error.code : String(error)),
  );

test("somebody signs in, lists sessions, and signs out", async () => {
  await auth.login({ name: "alice", password: "password1234" });
  expect(await auth.getUser()).toMatchObject({ name: "alice" });
  traq.act("session", "alice", "30h");
  expect((await auth.listSessions()).map(({ current }) => current).sort()).toEqual([false, true]);
  expect(await auth.logout({ redirect: "/channels/general" })).toEqual({
    redirectTo: `${traq.origin}/channels/general`,
  });
  expect(await codeOf(auth.listSessions())).toBe("not_authenticated");
});

test("each failure is arranged by its word", async () => {
  traq.signIn("alice");
  traq.act("answer", { path: "/api/v3/users/me/sessions", status: 503, times: 1 });
  expect(await auth.listSessions()).toHaveLength(1); // tried again
  traq.act("limit", "alice", "1h");
  expect(
    await codeOf(createAuthClient({ baseURL: traq.baseURL, fetch: traq.fetch, retries: 0 }).getUser()),
  ).toBe("rate_limited");
  traq.act("advance", "1h");
  traq.act("suspend", "alice");
  expect(await codeOf(auth.getUser())).toBe("account_suspended");
  traq.act("answer", { break: true });
  expect(
    await codeOf(createAuthClient({ baseURL: traq.baseURL, fetch: traq.fetch, retries: 0 }).getUser()),
  ).toBe("network_error");
});

test("a call is aborted, with timers that are faked", async () => {
  vi.useFakeTimers();
  try {
    traq.act("answer", { wait: 60_000, status: 204 });
    const abort = new AbortController();
    const user = auth.getUser({ signal: abort.signal });
    abort.abort(new Error("enough"));
    await expect(user).rejects.toThrow("enough");
    traq.act("answer");
    vi.setSystemTime("2030-01-01T00:00:00Z"); // the server's clock is this one, too
    traq.signIn("bob");
    const [session] = await auth.listSessions();
    expect(session.issuedAt.getFullYear()).toBe(2030);
  } finally {
    vi.useRealTimers();
  }
});

test("two servers do not see each other", async () => {
  const other = await createTestServer();
  other.act("suspend", "alice");
  traq.signIn("alice");
  expect(await auth.getUser()).toMatchObject({ name: "alice" });
  expect(other.cookie).toBe("");
  expect(other.requests).toBe(0);
  const status = (await other.newBrowser("alice").fetch("/api/v3/users/me")).status;
  expect(status).toBe(403);
  other.close();
  await expect(other.fetch("/api/v3/version")).rejects.toThrow("the server is closed");
  expect(await auth.getServerInfo()).toMatchObject({ version: "v3.28.4" });
});

test("a body of the page's own classes is sent as what it is", async () => {
  traq.act("client", "the-app", "https://app.example/", "read");
  const grant = { grant_type: "password", username: "alice", password: "password1234", client_id: "the-app" };
  const form = new FormData();
  for (const [name, value] of Object.entries(grant)) {
    form.append(name, value);
  }
  form.append("file", new File(["more"], "more.txt", { type: "text/plain" }));
  const json = '{"name":"alice","password":"wrong"}';
  for (const [path, body, status] of [
    ["/oauth2/token", new URLSearchParams(grant), 200],
    ["/oauth2/token", form, 200],
    ["/login", new Blob([json], { type: "application/json" }), 401],
    ["/login", new File([json], "login.json", { type: "application/json" }), 401],
    ["/login", new Blob([json]), 415],
    ["/login", json, 415],
  ]) {
    const response = await traq.fetch(traq.baseURL + path, { method: "POST", body });
    expect([String(body), response.status]).toEqual([String(body), status]);
  }
});
