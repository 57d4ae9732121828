import { createAuthClient } from "traq-auth";
import { createTestServer } from "traq-auth-testing";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { mount } from "./app.js";

let traq;
let auth;
beforeEach(async () => {
  traq = await createTestServer();
  auth = createAuthClient({ baseURL: traq.baseURL, fetch: traq.fetch, storage: null });
});
afterEach(() => auth.dispose());

const shown = (text) => vi.waitFor(() => expect(document.body.textContent).toContain(text), 30_000);

async function signIn(password) {
  mount(document.body, auth);
  await shown("Sign in");
  const [name, secret] = document.querySelectorAll("input");
  [name.value, secret.value] = ["alice", password];
  document.querySelector("form button").click();
}

test("who signs in is greeted, and sees this session", async () => {
  await signIn("password1234");
  await shown("Hello, alice");
  await shown("here");
});

test("a wrong password is told", async () => {
  await signIn("wrong");
  await shown("password");
  expect(document.querySelector("[role=alert]").textContent).not.toBe("");
});

test("a suspended account is told", async () => {
  traq.act("suspend", "alice");
  await signIn("password1234");
  await shown("suspended");
});

test("who is signed in already sees every session", async () => {
  traq.signIn("alice");
  traq.act("session", "alice", "30h");
  mount(document.body, auth);
  await vi.waitFor(() => expect(document.querySelectorAll("li")).toHaveLength(2), 30_000);
});

test("a server that is down for a moment is asked again", async () => {
  traq.signIn("alice");
  traq.act("answer", { path: "/api/v3/users/me", status: 503, times: 1 });
  mount(document.body, auth);
  await shown("Hello, alice");
});

test("signing out shows the form again", async () => {
  traq.signIn("alice");
  mount(document.body, auth);
  await shown("Sign out");
  [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Sign out").click();
  await shown("Sign in");
});
