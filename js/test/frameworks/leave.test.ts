import "./page.ts"; // first
import assert from "node:assert/strict";
import { test } from "node:test";
import { auth } from "./auth.ts";
import { credentials } from "./traq.ts";

test("a page is left where its session ends, but for the login's own", async () => {
  const went: string[] = [];
  const location = { pathname: "/settings", assign: (url: string) => went.push(url) };
  Object.assign(globalThis, { location });
  await auth.login(credentials);
  await import("./leave.ts");
  assert.deepEqual(went, []);
  await auth.logout();
  assert.deepEqual(went, ["/login"]);
  location.pathname = "/login";
  await auth.login(credentials);
  await auth.logout();
  assert.deepEqual(went, ["/login"]);
});
