import { expect, test } from "bun:test";
import { createAuthClient } from "traq-auth";
import { ask } from "./ask.js";

test("a client asks the server", async () => {
  expect(await ask(createAuthClient)).toBe("alice, at traQ v3.28.4");
});
