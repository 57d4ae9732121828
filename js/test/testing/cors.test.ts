import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import type { TestServer } from "../../testing/src/types.ts";

// A page of another origin than the server's: what a browser refuses is refused.

const js = new URL("../../", import.meta.url).href;
const { createTestServer } = (await import(
  `${js}testing/dist/index.js`
)) as typeof import("../../testing/src/index.ts");
const { createAuthClient } = (await import(`${js}dist/inline.js`)) as typeof import("../../src/index.ts");
const { createOAuth2Client } = (await import(
  `${js}dist/oauth2-inline.js`
)) as typeof import("../../src/oauth2.ts");

const page = "https://app.example";
let traq: TestServer;
beforeEach(async () => {
  traq = await createTestServer({ origin: "https://q.example", pageOrigin: page });
});
afterEach(() => traq.close());

const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => "no error",
    (error: unknown) => (error as { code: unknown }).code,
  );

test("somebody signs in by OAuth2, and allows it at the server", async () => {
  traq.act("client", "the-app", `${page}/callback`, "read");
  const auth = createOAuth2Client({
    baseURL: traq.baseURL,
    clientId: "the-app",
    redirectURI: `${page}/callback`,
    storage: null,
    fetch: traq.fetch,
  });
  const { url } = await auth.login({ navigate: false });
  traq.signIn("alice");
  await traq.respond(url);
  const allowed = await traq.respond(`${traq.baseURL}/oauth2/authorize/decide`, {
    method: "POST",
    body: new URLSearchParams({ submit: "approve" }),
  });
  await auth.completeLogin(allowed.headers.get("Location") as string);
  assert.equal((await auth.getUser()).name, "alice");
  await auth.logout();
  assert.equal(await codeOf(auth.getUser()), "not_authenticated");
  auth.dispose();
});

test("the cookie's client is told that no cookie was kept, or that credentials are not allowed", async (t) => {
  // As jsdom has it; outside of a page nothing is of another origin.
  Object.assign(globalThis, { origin: page });
  t.after(() => Reflect.deleteProperty(globalThis, "origin"));
  const login = (credentials: RequestCredentials): Promise<unknown> =>
    codeOf(
      createAuthClient({ baseURL: traq.baseURL, fetch: traq.fetch, credentials }).login({
        name: "alice",
        password: "password1234",
      }),
    );
  assert.equal(await login("same-origin"), "cookie_not_kept");
  assert.equal(traq.cookie, "");
  assert.equal(await login("include"), "cross_origin_blocked");
});

const json = { "Content-Type": "application/json" };
const shared = { "Access-Control-Allow-Origin": "*" };

test("an answer is seen as far as the server shares it", async () => {
  traq.signIn("alice");
  const version = await traq.fetch(`${traq.baseURL}/version`);
  assert.equal(version.type, "cors");
  assert.equal(version.headers.get("X-TRAQ-VERSION"), "v3.28.4");
  assert.equal(version.headers.get("Date"), null);
  assert.equal((await traq.fetch(`${traq.baseURL}/users/me`)).status, 401, "no cookie goes along");
  traq.act("answer", { status: 502, body: "a proxy's", headers: shared, times: 1 });
  assert.equal(await (await traq.fetch(`${traq.baseURL}/version`)).text(), "a proxy's");
  const opaque = await traq.fetch(`${traq.baseURL}/login?redirect=/home`, {
    method: "POST",
    headers: json,
    body: '{"name":"alice","password":"password1234"}',
    redirect: "manual",
  });
  assert.equal(opaque.type, "opaqueredirect");
});

for (const [what, path, init, answer, why] of [
  ["credentials", "/version", { credentials: "include" }, undefined, /with credentials/],
  ["an answer that is not shared", "/version", {}, { status: 502 }, /does not share the answer/],
  ["a header that is not allowed", "/version", { headers: { "X-Custom": "1" } }, undefined, /x-custom/],
  ["a method that is not allowed", "/version", { method: "PROPFIND" }, undefined, /PROPFIND/],
  [
    "a preflight's error",
    "/login",
    { method: "POST", headers: json, body: "{}" },
    { status: 503, headers: shared },
    /503/,
  ],
  [
    "a type that the preflight does not allow",
    "/login",
    { method: "POST", headers: json, body: "{}" },
    { status: 204, headers: shared },
    /content-type/,
  ],
] as const) {
  test(`${what}: a browser refuses it, and so does fetch`, async () => {
    if (answer) {
      traq.act("answer", answer);
    }
    await assert.rejects(traq.fetch(traq.baseURL + path, init), (error: TypeError) => {
      assert.match(String(error.cause), why);
      return error instanceof TypeError;
    });
  });
}

test("at the page's own origin nobody answers", async () => {
  await assert.rejects(traq.fetch("/api/v3/version"), (error: TypeError) => {
    assert.match(String(error.cause), /app\.example is another origin than the test server's/);
    return true;
  });
});

test("what was intercepted of another origin's page is answered without cookies, and CORS is left to the browser", async () => {
  traq.signIn("alice");
  const me = (headers: HeadersInit): Promise<Response> =>
    traq.respond(`${traq.baseURL}/users/me`, { headers });
  assert.equal((await me({})).status, 200);
  assert.equal((await me({ Origin: traq.origin })).status, 200);
  const other = await me({ Origin: page });
  assert.equal(other.status, 401);
  assert.equal(other.headers.get("Access-Control-Allow-Origin"), "*");
});
