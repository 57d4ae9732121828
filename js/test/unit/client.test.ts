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

// A server renders the pages of many in one process, with a fetch for each.
test("on a server one client's user is nothing to another", async (t) => {
  const touched = t.mock.fn();
  const storage = { getItem: touched, setItem: touched, removeItem: touched };
  for (const name of ["localStorage", "sessionStorage"]) {
    const before = Object.getOwnPropertyDescriptor(globalThis, name);
    Object.defineProperty(globalThis, name, { value: storage, configurable: true });
    t.after(() =>
      Object.defineProperty(globalThis, name, before ?? { value: undefined, configurable: true }),
    );
  }
  const user = { name: "alice", displayName: "Alice", id: "", iconFileId: "" };
  user.id = user.iconFileId = "01a207ab-7610-7cca-92e9-2da640e2838e";
  const fetch = (_: unknown, request?: RequestInit): Promise<Response> =>
    Promise.resolve(
      request?.method === "POST" ? new Response(null, { status: 204 }) : new Response(JSON.stringify(user)),
    );
  const [one, two] = [0, 1].map(() =>
    createAuthClient({ baseURL: "https://q.example/api/v3", wasm: module, fetch }),
  );
  t.after(two?.subscribe(() => undefined));
  await one?.login({ name: "alice", password: "password1234" });
  assert.equal(one?.getSnapshot().status, "signed-in");
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(two?.getSnapshot().status, "unknown");
  assert.equal(touched.mock.callCount(), 0);
});
