import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createBrowser } from "../../testing/src/browser.ts";
import { adopt } from "../../testing/src/platform.ts";
import type { TestServer } from "../../testing/src/types.ts";

// What `fetch` promises of a response, and what is arranged beside it.

const { createTestServer } = (await import(
  new URL("../../testing/dist/index.js", import.meta.url).href
)) as typeof import("../../testing/src/index.ts");

let traq: TestServer;
before(async () => {
  adopt();
  traq = await createTestServer();
});
after(() => traq.close());

const login = (redirect?: string, init?: RequestInit) =>
  traq.newBrowser().fetch(`/api/v3/login${redirect ? `?redirect=${encodeURIComponent(redirect)}` : ""}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name: "alice", password: "password1234" }),
    ...init,
  });

test("a redirect is opaque, followed, or an error, as it was asked for", async () => {
  const opaque = await login("/api/v3/users/me", { redirect: "manual" });
  assert.equal(opaque.type, "opaqueredirect");
  assert.equal(opaque.status, 0);
  assert.equal(opaque.ok, false);
  assert.deepEqual([...opaque.headers], []);
  assert.equal(opaque.body, null);

  const followed = await login("/api/v3/users/me");
  assert.equal(followed.redirected, true);
  assert.equal(followed.url, `${traq.origin}/api/v3/users/me`);
  assert.equal(((await followed.json()) as { name: string }).name, "alice", "the cookie went along");

  await assert.rejects(login("/api/v3/users/me", { redirect: "error" }), TypeError);
  await assert.rejects(login("https://elsewhere.example/"), (error: TypeError) => {
    assert.match(String(error.cause), /elsewhere\.example is another origin/);
    return error instanceof TypeError;
  });
});

test("cookies go along and are kept as credentials says, and nobody sees them", async () => {
  const browser = traq.newBrowser("bob");
  const status = async (credentials?: RequestCredentials) =>
    (await browser.fetch("/api/v3/users/me", credentials ? { credentials } : {})).status;
  assert.equal(await status(), 200);
  assert.equal(await status("include"), 200);
  assert.equal(await status("omit"), 401);
  const { headers } = await login();
  assert.deepEqual(
    [...headers.keys()].filter((name) => name.includes("cookie")),
    [],
  );
  const omitted = traq.newBrowser();
  const init = {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    credentials: "omit" as const,
  };
  await omitted.fetch("/api/v3/login", { ...init, body: '{"name":"bob","password":"password1234"}' });
  assert.equal(omitted.cookie, "");
  const forged = await traq.newBrowser().fetch("/api/v3/users/me", { headers: { Cookie: browser.cookie } });
  assert.equal(forged.status, 401, "a page sends no Cookie header");
});

test("on the wire there are cookies and redirects, as code of servers has them", async () => {
  const response = await traq.handle("/api/v3/login?redirect=/home", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: '{"name":"alice","password":"password1234"}',
  });
  assert.equal(response.status, 302);
  assert.equal(response.headers.get("Location"), "/home");
  const [cookie] = response.headers.getSetCookie();
  const me = await traq.handle("/api/v3/users/me", {
    headers: { Cookie: (cookie as string).split(";")[0] as string },
  });
  assert.equal(me.status, 200);
});

test("an abort rejects with the signal's reason, before, and while the answer is waited for", async () => {
  const reason = new Error("enough");
  await assert.rejects(traq.fetch("/api/v3/version", { signal: AbortSignal.abort(reason) }), reason);
  const abort = new AbortController();
  traq.act("answer", { wait: 3_600_000, status: 204, times: 1 });
  const answer = traq.fetch("/api/v3/version", { signal: abort.signal });
  setTimeout(() => abort.abort(reason), 10);
  await assert.rejects(answer, reason);
  assert.equal((await traq.fetch("/api/v3/version")).status, 200);
});

test("a connection breaks off, at once or within the body", async () => {
  traq.act("answer", { break: true, times: 1 });
  await assert.rejects(traq.fetch("/api/v3/version"), TypeError);
  traq.act("answer", { status: 200, body: "[", break: true, times: 1 });
  const response = await traq.fetch("/api/v3/version");
  assert.equal(response.status, 200);
  await assert.rejects(response.text(), TypeError);
});

test("bodies of every kind are sent", async () => {
  const form = new URLSearchParams({ grant_type: "password", username: "alice", password: "password1234" });
  traq.act("client", "the-app", "https://app.example/", "read");
  form.set("client_id", "the-app");
  const json = '{"name":"alice","password":"wrong"}';
  const type = { "Content-Type": "application/json" };
  for (const [path, body, headers, status] of [
    ["/api/v3/oauth2/token", form, {}, 200],
    ["/api/v3/login", new TextEncoder().encode(json), type, 401],
    ["/api/v3/login", new TextEncoder().encode(json).buffer, type, 401],
    ["/api/v3/login", new Blob([json], { type: "application/json" }), {}, 401],
    ["/api/v3/login", json, {}, 415],
  ] as const) {
    assert.equal((await traq.fetch(path, { method: "POST", body, headers })).status, status, path);
  }
  const request = new Request(`${traq.origin}/api/v3/login`, { method: "POST", body: json, headers: type });
  assert.equal((await traq.fetch(request)).status, 401);
});

test("the clock is stopped and advanced, and the Date tells it", async () => {
  const own = await createTestServer({ origin: "https://traq.example" });
  own.act("clock", "2026-01-02T03:04:05Z");
  own.signIn("alice");
  own.act("advance", "1h");
  const response = await own.fetch("/api/v3/users/me/sessions");
  assert.equal(response.headers.get("Date"), "Fri, 02 Jan 2026 04:04:05 GMT");
  assert.equal(((await response.json()) as { issuedAt: string }[])[0]?.issuedAt, "2026-01-02T03:04:05Z");
  own.act("advance", "672h");
  assert.equal((await own.fetch("/api/v3/users/me")).status, 401);
  own.close();
});

test("what is sent compressed is read as fetch reads it", async () => {
  const own = await createTestServer();
  for (let i = 0; i < 40; i++) {
    own.act("session", "alice", "1h");
  }
  const { cookie: Cookie } = own.newBrowser("alice");
  const headers = { Cookie, "Accept-Encoding": "gzip" };
  const response = await own.handle("/api/v3/users/me/sessions", { headers });
  assert.equal(response.headers.get("Content-Encoding"), "gzip");
  assert.equal(((await response.json()) as unknown[]).length, 41);
  own.act("answer", { status: 200, headers: { "Content-Encoding": "gzip" }, body: "[]" });
  await assert.rejects((await own.handle("/api/v3/version")).json());
});

for (const origin of ["http://q.example", "https://q.example", "https://q.example:8443"]) {
  test(`a server of ${origin} says that it is there`, async () => {
    const own = await createTestServer({ origin });
    const json = async (path: string, init?: RequestInit): Promise<Record<string, string>> =>
      (await (await own.fetch(path, init)).json()) as Record<string, string>;
    const { issuer, token_endpoint } = await json("/api/v3/oauth2/oidc/discovery");
    assert.deepEqual([issuer, token_endpoint], [origin, `${origin}/api/v3/oauth2/token`]);
    own.act("token", "token", "alice", "profile");
    const { picture } = await json("/api/v3/users/me/oidc", { headers: { Authorization: "Bearer token" } });
    assert.equal(picture, `${origin}/api/v3/public/icon/alice`);
    const provider = await own.fetch("/api/auth/oidc");
    assert.equal(provider.status, 200);
    assert.ok(provider.url.startsWith(`${origin}/_provider/authorize?`), provider.url);
  });
}

test("what cannot be arranged is an error that says why, and the next call works", async () => {
  const act = traq.act as (...args: unknown[]) => void;
  for (const [args, why] of [
    [["suspend", "nobody"], /no user nobody/],
    [["suspend", undefined], /suspend: it does not take 0 arguments/],
    [["suspend", "alice", "bob"], /2 arguments/],
    [["suspend", { name: "alice" }], /is no text/],
    [["advance", "soon"], /invalid duration/],
    [["advance", 1000], /is no text/],
    [["unknown", "alice"], /no action unknown/],
    [["token", "token", "carol", "read"], /no user carol/],
    [["answer", { stauts: 503 }], /stauts/],
    [["answer", { status: 101 }], /from 200 to 599, not 101/],
    [["answer", { status: 600 }], /from 200 to 599, not 600/],
    [["answer", {}], /from 200 to 599, not 0/],
    [["answer", { status: 200, headers: { "X y": "1" } }], /no header can be/],
  ] as [unknown[], RegExp][]) {
    assert.throws(() => act(...args), why, JSON.stringify(args));
  }
  assert.throws(() => traq.signIn("nobody"), /no user nobody/);
  assert.equal((await traq.fetch("/api/v3/version")).status, 200);
  traq.act("answer", { status: 503 });
  assert.equal((await traq.fetch("/api/v3/version")).status, 503);
  traq.act("answer", undefined);
  traq.act("clock", undefined);
  assert.equal((await traq.fetch("/api/v3/version")).status, 200);
  traq.act("user", { name: "carol", password: "secret", displayName: "Carol" });
  traq.signIn("carol");
});

test("a reset server is as at its beginning", async () => {
  const own = await createTestServer();
  own.signIn("alice");
  own.act("clock", "2026-01-02T03:04:05Z");
  own.act("suspend", "bob");
  own.act("answer", { status: 503 });
  await own.fetch("/api/v3/version");
  own.act("reset");
  assert.equal(own.requests, 0);
  assert.equal((await own.fetch("/api/v3/users/me")).status, 401);
  own.signIn("bob");
  const response = await own.fetch("/api/v3/users/me");
  assert.equal(response.status, 200);
  assert.ok(Date.parse(response.headers.get("Date") as string) > Date.now() - 60_000);
});

test("a form is sent as Node's own fetch sends it", async () => {
  const form = new FormData();
  form.append('a "name"\nof lines', "a\rb\nc\r\nd");
  form.append("ä", "ö");
  form.append("file", new File([new Uint8Array([0, 255, 13, 10])], 'a "file"\n.bin', { type: "image/png" }));
  form.append("blob", new Blob(["x"]));
  let sent: Request | undefined;
  const browser = createBrowser(
    (asked) => {
      sent = new Request(asked.url, {
        method: "POST",
        headers: asked.headers.map(([name, value]): [string, string] => [name, value]),
        body: asked.body && new Uint8Array(asked.body),
      });
      return Promise.resolve({ status: 204, headers: [], body: new Uint8Array(), broken: "" });
    },
    "http://traq.test",
    String,
  );
  await browser.fetch("/", { method: "POST", body: form });
  const own = new Request("http://traq.test/", { method: "POST", body: form });
  const [ownType, type] = [own, sent as Request].map(({ headers }) => headers.get("Content-Type") as string);
  const text = async (request: Request, type = ""): Promise<string> =>
    (await request.text()).replaceAll(type.split("boundary=")[1] as string, "boundary");
  assert.equal(await text(sent as Request, type), await text(own, ownType));
});

test("a clone of a response is as the response", async () => {
  const opaque = (await login("/api/v3/users/me", { redirect: "manual" })).clone();
  assert.deepEqual([opaque.type, opaque.status, opaque.ok], ["opaqueredirect", 0, false]);
  const clone = (await login("/api/v3/users/me")).clone().clone();
  assert.deepEqual(
    [clone.url, clone.redirected, clone.type],
    [`${traq.origin}/api/v3/users/me`, true, "basic"],
  );
  assert.equal(((await clone.json()) as { name: string }).name, "alice");
});

test("a response's address has no fragment", async () => {
  const { url } = await login("/api/v3/users/me#there");
  assert.equal(url, `${traq.origin}/api/v3/users/me`);
});

test("a header's value is read as fetch does", async () => {
  traq.act("token", "tok", "alice", "read");
  const me = (headers: HeadersInit) => traq.newBrowser().fetch("/api/v3/users/me", { headers });
  for (const value of ["Bearer tok", "Bearer tok\n", " Bearer tok "]) {
    for (const headers of [{ Authorization: value }, [["authorization", value] as [string, string]]]) {
      assert.equal((await me(headers)).status, 200, JSON.stringify(value));
    }
  }
  for (const [name, value] of [
    ["Authorization", "Bearer \u3042"],
    ["Authorization", "Bearer tok\r\nX: y"],
    ["a name", "x"],
  ] as const) {
    await assert.rejects(me({ [name]: value }), TypeError);
  }
});

test("an address that no server of Go's can read is answered 400", async () => {
  const response = await traq.fetch("/api/v3/users/me/sessions/%", { method: "DELETE" });
  assert.equal(response.status, 400);
  assert.equal(response.headers.get("Content-Type"), "text/plain; charset=utf-8");
  assert.equal(await response.text(), "400 Bad Request");
});

test("what every fetch refuses is refused with a TypeError", async () => {
  const stream = (): ReadableStream => new Blob(["{}"]).stream();
  const refused: Record<string, unknown>[] = [
    ...["TRACE", "connect", "Track", "", "GE T", "GET\r\n", "\u3042"].map((method) => ({ method })),
    ...["", "follows", "Follow", null].map((redirect) => ({ redirect })),
    ...["always", "Include", null].map((credentials) => ({ credentials })),
    ...["navigate", "websocket", "core"].map((mode) => ({ mode })),
    ...["never", 1].map((cache) => ({ cache })),
    ...[{}, "signal", 1, new AbortController()].map((signal) => ({ signal })),
    { method: "POST", body: stream() },
    { method: "POST", body: stream(), duplex: "full" },
  ];
  const { requests } = traq;
  for (const init of refused) {
    const asked = traq.fetch("/api/v3/version", init);
    await assert.rejects(asked, { name: "TypeError", message: /[a-z]/ }, JSON.stringify(init));
    await assert.rejects(fetch(`${traq.origin}/`, init), TypeError, "as Node's own");
  }
  for (const user of ["alice@", "alice:password1234@", ":password1234@"]) {
    await assert.rejects(traq.fetch(traq.origin.replace("//", `//${user}`)), /user name or a password/);
  }
  assert.equal(traq.requests, requests, "nothing is sent");
  for (const init of [
    { signal: null, method: undefined, redirect: undefined, mode: "cors", cache: "no-store" },
    { method: "PROPFIND", signal: new AbortController().signal, credentials: "omit" },
    { method: "POST", body: stream(), duplex: "half", redirect: "error" },
  ] as RequestInit[]) {
    await traq.fetch("/api/v3/version", init);
  }
});
