import { expect, test } from "bun:test";
import { createAuthClient } from "traq-auth";
import { ask } from "./ask.js";
import { signInAndOut } from "./without-a-page.js";

test("a client asks the server", async () => {
  expect(await ask(createAuthClient)).toBe("alice, at traQ v3.28.4");
});

test("somebody signs in", async () => {
  expect(await signInAndOut(createAuthClient)).toBe("alice is signed in, in 1 place");
});
