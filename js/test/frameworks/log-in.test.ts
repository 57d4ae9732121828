import "./page.ts"; // first
import assert from "node:assert/strict";
import { test } from "node:test";
import { logIn } from "./log-in.ts";
import { credentials } from "./traq.ts";

/** Where the form leads to, at an address that has this in "to". */
function goes(to: string | undefined): Promise<string> {
  const search = to === undefined ? "" : `?to=${encodeURIComponent(to)}`;
  Object.assign(globalThis, { location: { search } });
  return logIn(credentials.name, credentials.password);
}

for (const to of ["/", "/settings", "/a/b?c=d#e", "/.", "/日本語?x=%2F%2F"]) {
  test(`the form of a login leads to ${to}`, async () => {
    assert.equal(await goes(to), to);
  });
}

for (const to of [
  undefined,
  "",
  "//evil.example",
  "/\\evil.example",
  "\\\\evil.example",
  "/\t/evil.example",
  "/.//evil.example",
  " //evil.example",
  "\n//evil.example",
  "https://evil.example/",
  "javascript:alert(1)",
  "settings",
]) {
  test(`the form of a login leads to the start, and not to ${JSON.stringify(to)}`, async () => {
    assert.equal(await goes(to), "/");
  });
}
