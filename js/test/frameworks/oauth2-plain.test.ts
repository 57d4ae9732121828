import { reset, signIn } from "./oauth2-page.ts"; // first
import assert from "node:assert/strict";
import { test } from "node:test";
import { auth } from "./oauth2/auth.ts";
import { traq } from "./traq.ts";

test("a page without a framework shows who is signed in, by its two buttons", async (t) => {
  await reset();
  document.body.innerHTML = "<output></output><button id=in></button><button id=out></button>";
  const click = (id: string): void => document.querySelector<HTMLElement>(`#${id}`)?.click();
  const shown = (): string | null | undefined => document.querySelector("output")?.textContent;
  await import("./oauth2/plain.ts");
  assert.equal(shown(), "signed-out");
  const leaves = new Promise<URL>((resolve) => {
    Object.assign(location, { assign: (url: string) => resolve(new URL(url)) });
  });
  click("in");
  assert.equal((await leaves).pathname, "/api/v3/oauth2/authorize");
  await signIn();
  assert.equal(shown(), "Alice");
  const { mock: logout } = t.mock.method(auth, "logout");
  click("out");
  await logout.calls[0]?.result;
  assert.equal(shown(), "signed-out");
  assert.deepEqual([...traq.tokens], [], "the token is revoked");
  await signIn();
  traq.reachable = false;
  click("out");
  await assert.rejects(logout.calls[1]?.result as Promise<void>);
  assert.match(shown() ?? "", /^You are signed out here, but/);
});
