import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { createAuthClient } from "../../src/client.ts";
import { bareFetch } from "../../src/bare-fetch.ts";
import type { AuthClient } from "../../src/client-types.ts";
import type { AuthClientOptions } from "../../src/option-types.ts";
import * as slim from "../../src/slim.ts";
import { module } from "./module.ts";
import { alice, codeOf, credentials, Server } from "./traq.ts";

// What somebody has put on Object.prototype was given by nobody, and changes nothing: neither what is
// asked, nor of whom, nor who gets a secret.

function pollute(t: TestContext, name: string, descriptor: PropertyDescriptor): void {
  Object.defineProperty(Object.prototype, name, {
    __proto__: null,
    configurable: true,
    enumerable: true,
    ...descriptor,
  } as PropertyDescriptor);
  t.after(() => Reflect.deleteProperty(Object.prototype, name));
}

const client = (server: Server, options: AuthClientOptions = {}): AuthClient =>
  server.client({ baseURL: "https://q.example", ...options });

/** What a setter was given. */
const taken: unknown[] = [];

// By a name of another host's, where it is one of a table's.
for (const [name, call, request] of [
  ["logout", (auth: AuthClient) => auth.logout(), "POST https://q.example/logout"],
  ["login", (auth: AuthClient) => auth.login(credentials), "POST https://q.example/login"],
  [
    "revokeSession",
    (auth: AuthClient) => auth.revokeSession(alice.id),
    `DELETE https://q.example/users/me/sessions/${alice.id}`,
  ],
  [
    "unlinkAccount",
    (auth: AuthClient) => auth.unlinkAccount("oidc"),
    "POST https://q.example/users/me/ex-accounts/unlink",
  ],
] as const) {
  test(`a polluted ${name} leads no request elsewhere`, async (t) => {
    const server = new Server();
    const auth = client(server);
    await auth.ready();
    for (const value of ["@evil.example/", 1, true, {}]) {
      pollute(t, name, { value, writable: true });
      server.requests.length = 0;
      await codeOf(call(auth));
      assert.equal(server.requests[0], request, typeof value);
    }
  });
}

for (const [what, name, descriptor] of [
  ["a setter", "Authorization", { set: (value: unknown) => taken.push(value), get: () => undefined }],
  ["what is read-only", "Authorization", { value: "x", writable: false }],
  ["a getter", "Content-Type", { get: () => "x" }],
  ["what is read-only", "Content-Type", { value: "x", writable: false }],
] as const) {
  test(`a request has its headers, and nobody else, where there is ${what} of the name ${name}`, async (t) => {
    taken.length = 0;
    const server = new Server();
    server.user = alice;
    const headers: unknown[] = [];
    const auth = client(server, {
      baseURL: "https://q.example/api/v3",
      accessToken: "t0ken",
      fetch: (url, init) => {
        headers.push(...Object.entries((init?.headers ?? {}) as object));
        return server.fetch(url, init);
      },
    });
    pollute(t, name, descriptor);
    assert.equal(
      await codeOf(name === "Authorization" ? auth.getUser() : auth.login(credentials)),
      undefined,
    );
    assert.deepEqual(
      headers[0],
      name === "Authorization" ? [name, "Bearer t0ken"] : [name, "application/json"],
    );
    assert.deepEqual(taken, []);
  });
}

for (const value of ["x", () => Promise.reject(new Error("not this one"))]) {
  test(`workerd's fetch is the global one, whatever is on the prototype: a ${typeof value}`, async (t) => {
    const server = new Server();
    t.mock.method(globalThis, "fetch", server.fetch);
    pollute(t, "fetch", { value, writable: true });
    const options: AuthClientOptions = { baseURL: "https://q.example", wasm: module, storage: null };
    assert.equal(await codeOf(createAuthClient(bareFetch(options)).login(credentials)), undefined);
  });
}

test("the entry without the module is told of none by the prototype", (t) => {
  pollute(t, "wasm", { value: "x", writable: true });
  assert.throws(() => slim.createAuthClient({} as slim.SlimAuthClientOptions), { code: "invalid_argument" });
});

test("who gives no password has none", async (t) => {
  const server = new Server();
  const auth = client(server);
  pollute(t, "password", { value: "x", writable: true });
  assert.equal(await codeOf(auth.login({ name: "alice" } as typeof credentials)), "invalid_argument");
  assert.deepEqual(server.requests, []);
});

for (const [name, values] of [
  ["id", [5, true, null, {}]],
  ["byteLength", [1, "x"]],
  ["byCaller", [1]],
  ["running", [1]],
] as const) {
  for (const value of values) {
    test(`calls do what they do where Object.prototype.${name} is ${JSON.stringify(value)}`, async (t) => {
      const server = new Server();
      // A module that no other client has.
      const auth = client(server, { wasm: () => module });
      pollute(t, name, { value, writable: true });
      assert.equal(await codeOf(auth.login(credentials)), undefined);
      assert.equal(await codeOf(auth.revokeSession(alice.id)), undefined);
      assert.equal(await codeOf(auth.logout()), undefined);
      assert.equal(auth.getSnapshot().status, "signed-out");
    });
  }
}
