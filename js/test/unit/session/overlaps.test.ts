import assert from "node:assert/strict";
import { after, before, test, type TestContext } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import type { AuthClient } from "../../../src/client-types.ts";
import type { AuthClientOptions, AuthStorage } from "../../../src/option-types.ts";
import { alice, broken, codeOf, credentials, done, nobody, pageStorage, Server } from "../traq.ts";

// Logins and logouts that are under way at the same time, in one tab or in two.

const origin = "https://q.example"; // the API's

before(() => Object.assign(globalThis, { location: { href: `${origin}/`, origin } }));
after(() => Reflect.deleteProperty(globalThis, "location"));

interface Scene {
  readonly server: Server;
  readonly newTab: (options?: AuthClientOptions) => AuthClient;
  /** Begins a login, which opens alice's session and is answered when it is told to. */
  readonly startLogin: (auth: AuthClient) => Promise<{ release: () => void; code: Promise<unknown> }>;
}

function scene(t: TestContext): Scene {
  const server = new Server();
  const storage = pageStorage();
  return {
    server,
    newTab(options) {
      const auth = server.client({ storage, ...options });
      t.after(auth.dispose);
      return auth;
    },
    async startLogin(auth) {
      const { asked, release } = server.hold("POST /login", () => {
        server.user = alice;
        return done();
      });
      const code = codeOf(auth.login(credentials));
      await asked;
      return { release, code };
    },
  };
}

for (const [how, answer, code] of [
  ["is answered", done, undefined],
  ["gets no answer", broken, "network_error"],
] as const) {
  test(`a login lasts during which a logout ${how} that the server has carried out before`, async (t) => {
    const { server, newTab, startLogin } = scene(t);
    server.user = alice;
    const auth = newTab();
    await auth.refresh();
    const out = server.hold("POST /logout", answer);
    const leaving = codeOf(auth.logout());
    await out.asked;
    server.user = null;
    const login = await startLogin(auth);
    out.release();
    assert.equal(await leaving, code);
    login.release();
    assert.equal(await login.code, undefined);
    assert.equal(auth.getSnapshot().status, "signed-in");
    assert.equal((await auth.refresh()).status, "signed-in");
    assert.equal(server.user, alice);
  });
}

test("a login that was overtaken does not believe what was asked before its answer", async (t) => {
  const { server, newTab, startLogin } = scene(t);
  const auth = newTab();
  await auth.refresh();
  const login = await startLogin(auth);
  const other = new BroadcastChannel("traq-auth:tabs:1:https://q.example/api/v3");
  t.after(() => other.close());
  other.postMessage({ status: "signed-out", user: null });
  await sleep(30);
  const look = server.hold("GET /users/me"); // while nobody is signed in
  const refreshing = auth.refresh();
  await look.asked;
  login.release();
  await sleep(30);
  look.release();
  assert.equal(await login.code, undefined);
  assert.equal(auth.getSnapshot().status, "signed-in");
  assert.equal((await refreshing).status, "signed-in");
});

test("of two logins at once the first that resolves says signed-in", async (t) => {
  const { server, newTab, startLogin } = scene(t);
  const auth = newTab();
  await auth.refresh();
  const first = await startLogin(auth);
  const two = server.hold("POST /login", () =>
    Response.json({ message: "You have already logged in. Please logout once." }, { status: 400 }),
  );
  const second = codeOf(auth.login(credentials));
  await two.asked;
  first.release();
  assert.equal(await first.code, undefined);
  assert.equal(auth.getSnapshot().status, "signed-in");
  two.release();
  assert.equal(await second, "already_logged_in");
  assert.equal(auth.getSnapshot().status, "signed-in");
});

test("a login's late answer says nothing once a logout after it has ended, though another login is under way", async (t) => {
  const { newTab, startLogin } = scene(t);
  const auth = newTab();
  await auth.refresh();
  const first = await startLogin(auth);
  await auth.logout();
  const second = await startLogin(auth);
  first.release();
  assert.equal(await first.code, undefined);
  assert.equal(auth.getSnapshot().status, "signed-out");
  second.release();
  assert.equal(await second.code, undefined);
  assert.equal(auth.getSnapshot().status, "signed-in");
});

for (const whose of ["this tab", "another tab"]) {
  test(`a logout that a login of ${whose} has made moot does not come back where a later one is aborted`, async (t) => {
    const { server, newTab } = scene(t);
    server.user = alice;
    const [auth, other] = [newTab(), newTab()];
    await auth.refresh();
    server.reachable = false;
    assert.equal(await codeOf(auth.logout()), "network_error");
    server.reachable = true;
    const out = server.hold("POST /logout", broken);
    const controller = new AbortController();
    const again = codeOf(auth.logout({ signal: controller.signal }));
    await out.asked;
    server.user = null; // the server has carried it out
    await (whose === "this tab" ? auth : other).login(credentials);
    await sleep(30);
    controller.abort("closed");
    assert.equal(await again, "closed");
    assert.equal((await auth.refresh()).status, "signed-in");
    assert.equal(server.user, alice);
  });
}

/** A storage in which a logout is written slowly, and what it holds. */
function slowlyLeft(): { storage: AuthStorage; items: Map<string, string> } {
  const stored = pageStorage();
  const setItem = async (key: string, text: string): Promise<void> => {
    await sleep(key.includes(":logout:") ? 30 : 0);
    stored.items.set(key, text);
  };
  return { storage: { ...stored, setItem }, items: stored.items };
}

test("a logout that is aborted while it is written does not say signed-out", async (t) => {
  const { server, newTab } = scene(t);
  server.user = alice;
  const { storage, items } = slowlyLeft();
  const auth = newTab({ storage });
  await auth.refresh();
  const controller = new AbortController();
  const out = codeOf(auth.logout({ signal: controller.signal }));
  await sleep(10);
  controller.abort("closed");
  assert.equal(await out, "closed");
  await sleep(60);
  assert.notEqual(auth.getSnapshot().status, "signed-out");
  assert.equal(items.size, 0);
});

test("two logouts that are aborted while they are written do not say signed-out", async (t) => {
  const { server, newTab } = scene(t);
  server.user = alice;
  const { storage, items } = slowlyLeft();
  const auth = newTab({ storage });
  await auth.refresh();
  const [first, second] = [new AbortController(), new AbortController()];
  const codes = [first, second].map(({ signal }) => codeOf(auth.logout({ signal })));
  await sleep(10);
  second.abort("closed");
  await codes[1];
  first.abort("closed");
  assert.deepEqual(await Promise.all(codes), ["closed", "closed"]);
  await sleep(100);
  assert.deepEqual(server.requests, ["GET /users/me"]);
  assert.notEqual(auth.getSnapshot().status, "signed-out");
  assert.equal(items.size, 0);
});

test("a login beside a logout that is aborted while it is written does not say signed-out", async (t) => {
  const { server, newTab, startLogin } = scene(t);
  const { storage } = slowlyLeft();
  const auth = newTab({ storage });
  await auth.refresh();
  const login = await startLogin(auth);
  const controller = new AbortController();
  const out = codeOf(auth.logout({ signal: controller.signal }));
  await sleep(10);
  login.release();
  await login.code;
  controller.abort("closed");
  assert.equal(await out, "closed");
  await sleep(60);
  assert.equal(server.user, alice);
  assert.notEqual(auth.getSnapshot().status, "signed-out");
});

test("what a logout asks at its end says nothing of a login since", async (t) => {
  const { server, newTab } = scene(t);
  server.user = alice;
  const auth = newTab();
  await auth.refresh();
  const out = server.hold("POST /logout", done);
  const first = auth.logout();
  await out.asked;
  const second = auth.logout(); // a double click
  await sleep(20);
  let release!: () => void;
  const released = new Promise<void>((resolve) => (release = resolve));
  let asked = 0;
  server.answer = (request) =>
    request === "GET /users/me" && ++asked === 2 ? released.then(nobody) : undefined;
  server.user = null;
  out.release();
  await sleep(20);
  assert.equal(asked, 2);
  await second;
  await auth.login(credentials);
  assert.equal(auth.getSnapshot().status, "signed-in");
  release();
  await first;
  assert.equal(auth.getSnapshot().status, "signed-in");
  assert.equal(server.user, alice);
});

test("a login whose session a logout beside it ends has kept its cookie", async (t) => {
  const { server, newTab } = scene(t);
  const auth = newTab();
  await auth.refresh();
  const look = server.hold("GET /users/me", nobody);
  const login = codeOf(auth.login(credentials));
  await look.asked;
  await auth.logout();
  look.release();
  assert.equal(await login, undefined);
  assert.equal(auth.getSnapshot().status, "signed-out");
});

test("a provider's login that ends beside a logout has no other tab forget the logout", async (t) => {
  const { server, newTab } = scene(t);
  const [auth, other] = [newTab(), newTab()];
  await other.refresh();
  await auth.loginWith("oidc", { navigate: false });
  server.user = alice;
  const out = server.hold("POST /logout", broken);
  const leaving = codeOf(auth.logout());
  await out.asked;
  await auth.completeRedirect();
  await sleep(30);
  out.release();
  assert.equal(await leaving, "network_error");
  assert.equal((await auth.refresh()).status, "signed-out");
  assert.equal(server.user, null);
});
