import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { createAuthClient as Create } from "../../src/index.ts";
import { alice, pageStorage, Server } from "../unit/traq.ts";

// Whatever name of those in the bundle, its shortened ones too, is on Object.prototype: each call asks
// what it asks otherwise, and ends as it does.

const dist = new URL("../../dist/", import.meta.url);
const bytes = readFileSync(new URL("traq-auth.wasm", dist));
const code = readFileSync(new URL("index.js", dist), "utf8");

/** Names that mean something else here than in a page. */
const excluded = new Set([
  ...["get", "set", "return", "code"], // with which descriptors, loops and this test do not work
  ...["document", "origin", "addEventListener", "removeEventListener"], // the global object of a page has its own
  ...["signal", "status", "headers", "body", "cancel"], // Node's own events and fetch read them
]);

/** The members that the bundle looks for. */
const names = Array.from(new Set(Array.from(code.matchAll(/[A-Za-z_$][\w$]*/g), ([name]) => name))).filter(
  (name) => !(name in Object.prototype) && !excluded.has(name),
);

const own = "01a207ab-7610-7cca-92e9-2da640e2838e";
const other = "01a207ab-7611-7cca-92e9-2da640e2838e";

/** Has a client do most of what it can, and gives how each call ended, what it asked, and what subscribers heard. */
async function play(): Promise<string[]> {
  const { createAuthClient } = (await import(new URL("index.js", dist).href)) as {
    createAuthClient: typeof Create;
  };
  const outcomes: string[] = [];
  const note = async (call: () => unknown): Promise<void> => {
    let outcome: string;
    try {
      outcome = JSON.stringify((await call()) ?? "done");
    } catch (error) {
      const { code, message } = error as { code?: unknown; message?: unknown };
      outcome = `${String(code)}: ${String(message)}`;
    }
    outcomes.push(outcome);
  };
  const server = new Server();
  server.answer = (request) => {
    if (request === "GET /users/me/sessions" && server.user) {
      return Response.json([own, other].map((id) => ({ id, issuedAt: "2024-01-01T00:00:00Z" })));
    }
    if (request === "GET /users/me/ex-accounts") {
      return Response.json([{ providerName: "oidc", externalName: "a", linkedAt: "2024-01-01T00:00:00Z" }]);
    }
    return /DELETE|unlink/.test(request) ? new Response(null, { status: 204 }) : undefined;
  };
  // What it is given is read while the prototype is polluted, as a page's own would be.
  const storage = pageStorage();
  const options = {
    baseURL: "https://q.example/api/v3",
    fetch: server.fetch,
    wasm: new WebAssembly.Module(bytes),
    storage,
    retries: 0,
    timeout: 1000,
  };
  const auth = createAuthClient(options);
  const statuses: string[] = [];
  auth.subscribe(({ status }) => statuses.push(status));
  await note(() => auth.login({ name: "alice" } as { name: string; password: string }));
  await note(() => auth.login({ name: "alice", password: "password1234" }));
  await note(() => auth.listSessions());
  await note(() => auth.getUser());
  await note(() => auth.known());
  await note(() => auth.listProviders());
  await note(() => auth.getServerInfo());
  await note(() => auth.listAccounts());
  await note(() => auth.unlinkAccount("oidc"));
  await note(() => auth.revokeSession("no id"));
  await note(() => auth.revokeSession(other));
  server.reachable = false;
  await note(() => auth.logout());
  await note(() => [...storage.items.values()]);
  server.reachable = true;
  await note(() => auth.refresh());
  const controller = new AbortController();
  controller.abort(new Error("enough"));
  await note(() => auth.getUser({ signal: controller.signal }));
  auth.dispose();
  await note(() => auth.getUser());
  return [...outcomes, ...server.requests, ...statuses];
}

for (const value of ["text", 1]) {
  test(`no name of the bundle's does anything on Object.prototype, as ${JSON.stringify(value)}`, async () => {
    const expected = await play();
    assert.ok(expected.includes(JSON.stringify({ status: "signed-out", user: null })), expected.join("\n"));
    assert.ok(expected.includes(JSON.stringify(alice)));
    assert.ok(names.length > 250, `${names.length} names`);
    const wrong: string[] = [];
    for (const name of names) {
      Object.defineProperty(Object.prototype, name, {
        __proto__: null,
        value,
        configurable: true,
        enumerable: true,
        writable: true,
      } as PropertyDescriptor);
      let outcomes: string[];
      try {
        outcomes = await play();
      } catch (error) {
        outcomes = [String(error)];
      } finally {
        Reflect.deleteProperty(Object.prototype, name);
      }
      const at = expected.findIndex((outcome, i) => outcome !== outcomes[i]);
      if (at >= 0 || outcomes.length !== expected.length) {
        wrong.push(`${name}: ${String(outcomes[at])}, not ${String(expected[at])}`);
      }
    }
    assert.deepEqual(wrong, []);
  });
}
