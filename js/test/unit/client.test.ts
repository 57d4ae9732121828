import assert from "node:assert/strict";
import { test } from "node:test";
import { createAuthClient } from "../../src/client.ts";
import { module } from "./module.ts";

// Outside of a page: what the end-to-end tests cannot see.

test("an address that cannot be resolved rejects each call, and nothing else", async (t) => {
  const unhandled = t.mock.fn();
  process.on("unhandledRejection", unhandled);
  t.after(() => process.off("unhandledRejection", unhandled));
  const auth = createAuthClient({ baseURL: "/api/v3", wasm: module });
  const id = "01a207ab-7610-7cca-92e9-2da640e2838e";
  for (const call of [
    () => auth.login({ name: "alice", password: "password1234" }),
    () => auth.logout(),
    () => auth.listSessions(),
    () => auth.revokeSession(id),
    () => auth.getUser(),
    () => auth.refresh(),
    () => auth.linkAccount("oidc", { navigate: false }),
    () => auth.loginWith("oidc", { navigate: false }),
    () => auth.completeRedirect(),
    () => auth.getServerInfo(),
  ]) {
    await assert.rejects(call, { code: "invalid_argument" });
  }
  await new Promise(setImmediate);
  assert.equal(unhandled.mock.callCount(), 0);
});
