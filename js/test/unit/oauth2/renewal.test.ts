import assert from "node:assert/strict";
import { test } from "node:test";
import {
  begin,
  codeOf,
  createClient,
  createWorld,
  json,
  page,
  quickStorage,
  signIn,
  slowStorage,
  turn,
  type World,
} from "./traq.ts";
import type { OAuth2Client } from "../../../src/oauth2/types.ts";

// A renewal, for those who wait for it and beside what else is done.

/** Who is signed in, with a token that is due, whose renewal is answered when `answer` says so. */
async function due(
  t: { after: (end: () => void) => void },
  timeout?: number,
): Promise<{ auth: OAuth2Client; world: World; answer: (response?: Response) => void; asked: () => number }> {
  const world = createWorld();
  world.refreshes = true;
  world.life = 20;
  const auth = createClient(world, { timeout });
  t.after(auth.dispose);
  await signIn(auth); // access1, which is renewed by access2 to ask whose it is
  await world.quiet();
  world.life = 3600;
  let answer!: (response?: Response) => void;
  const answered = new Promise<Response | undefined>((resolve) => (answer = resolve));
  let asked = 0;
  world.handler = (_, form) => {
    if (!form.has("refresh_token")) {
      return undefined;
    }
    asked++;
    return answered as Promise<Response>;
  };
  return { auth, world, answer, asked: () => asked };
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

for (const [own, waits, code] of [
  [5000, 0, undefined],
  [0, 0, undefined],
  [undefined, 0, "timeout"],
  [50, 0, "timeout"],
  [50, 5000, "timeout"],
] as const) {
  test(`a call with the timeout ${own} waits so long for a renewal, another with ${waits}`, async (t) => {
    const { auth, answer, asked } = await due(t, 100);
    const other = waits ? auth.getAccessToken({ timeout: waits }) : undefined;
    const token = codeOf(auth.getAccessToken({ timeout: own }));
    await sleep(200);
    answer();
    assert.match(String(await token), code ? /^timeout$/ : /^access3$/);
    if (other) {
      assert.equal(await other, "access3");
    }
    assert.equal(asked(), 1);
  });
}

test("a renewal that nobody waits for any more goes on, as long as the client's own timeout lets it", async (t) => {
  const { auth, answer, asked } = await due(t, 500);
  assert.equal(await codeOf(auth.getAccessToken({ timeout: 50 })), "timeout");
  await sleep(100);
  answer();
  await sleep(50);
  assert.equal(await auth.getAccessToken(), "access3");
  assert.equal(asked(), 1);
});

test("a renewal that is never answered keeps nobody from the next", async (t) => {
  const { auth, world, asked } = await due(t, 100);
  assert.equal(await codeOf(auth.getAccessToken()), "timeout");
  await sleep(50);
  world.handler = undefined;
  assert.equal(await auth.getAccessToken(), "access3");
  assert.equal(asked(), 1);
});

test("a renewal that is answered after a logout has its token revoked at once", async (t) => {
  const { auth, world, answer, asked } = await due(t);
  const token = codeOf(auth.getAccessToken());
  while (!asked()) {
    await turn();
  }
  await auth.logout();
  answer();
  assert.equal(await token, "not_authenticated");
  await world.quiet();
  assert.deepEqual([...world.alive], []);
  assert.equal(auth.getSnapshot().status, "signed-out");
});

for (const [what, response, alive] of [
  ["gives another token", undefined, ["access3"]],
  ["is refused", () => json({ error: "invalid_grant" }, 400), ["access3"]],
] as readonly [string, (() => Response) | undefined, string[]][]) {
  test(`a renewal beside which somebody signs in, and which ${what}, gives the token of that login`, async (t) => {
    const { auth, world, answer, asked } = await due(t);
    const url = await begin(auth, "bob");
    const token = auth.getAccessToken();
    while (!asked()) {
      await turn();
    }
    await auth.completeLogin(url);
    answer(response?.());
    assert.equal(await token, "access3");
    await world.quiet();
    assert.deepEqual([...world.alive.keys()], alive);
    assert.equal(auth.getSnapshot().user?.name, "bob");
    assert.equal(await auth.getAccessToken(), "access3");
  });
}

test("a renewal that a gateway refuses ends nothing", async (t) => {
  const { auth, world, answer } = await due(t);
  const token = codeOf(auth.getAccessToken());
  answer(page(400));
  assert.equal(await token, "invalid_response");
  world.handler = undefined;
  assert.equal(await auth.getAccessToken(), "access3");
});

test("who asks for a token that is gone knows that nobody is signed in any more", async (t) => {
  const world = createWorld();
  const items = new Map<string, string>();
  const auth = createClient(world, { storage: quickStorage(items) });
  t.after(auth.dispose);
  await signIn(auth);
  items.clear(); // as another tab's logout does
  assert.equal(await codeOf(auth.getAccessToken()), "not_authenticated");
  assert.equal(auth.getSnapshot().status, "signed-out");
});

test("a renewed token that is refused as well is forgotten and revoked, and nobody is signed in", async (t) => {
  const world = createWorld();
  world.refreshes = true;
  const auth = createClient(world);
  t.after(auth.dispose);
  await signIn(auth);
  world.handler = (request) =>
    request.startsWith("GET ") ? json({ message: "invalid token" }, 401) : undefined;
  assert.equal(await codeOf(auth.getUser()), "not_authenticated");
  assert.equal(auth.getSnapshot().status, "signed-out");
  assert.equal(await codeOf(auth.getAccessToken()), "not_authenticated");
  await world.quiet();
  assert.deepEqual([...world.alive], []);
});

test("two clients of a page renew at once, and the one that the server refuses takes what the other was given", async (t) => {
  const origin = "https://app.example";
  const page = { location: { href: `${origin}/`, origin }, sessionStorage: quickStorage() };
  Object.assign(globalThis, page);
  t.after(() => Object.keys(page).forEach((name) => Reflect.deleteProperty(globalThis, name)));
  const world = createWorld();
  world.refreshes = true;
  world.life = 20;
  const clients = [createClient(world), createClient(world)] as const;
  t.after(() => clients.forEach((client) => client.dispose()));
  await signIn(clients[0]);
  await world.quiet();
  let asked = 0;
  world.handler = (_, form) => {
    if (!form.has("refresh_token") || asked++) {
      return undefined;
    }
    // The server has ended the old token; its answer comes after the other's refusal.
    const old = String(form.get("refresh_token")).replace("refresh", "access");
    world.alive.set("renewed", world.alive.get(old) ?? "");
    world.alive.delete(old);
    const token = { access_token: "renewed", token_type: "Bearer", expires_in: 3600, refresh_token: "again" };
    return sleep(30).then(() => json(token));
  };
  assert.deepEqual(await Promise.all(clients.map((client) => client.getAccessToken())), [
    "renewed",
    "renewed",
  ]);
  assert.equal(asked, 2);
});

test("who gives up before a renewal begins begins none", async (t) => {
  const world = createWorld();
  world.refreshes = true;
  world.life = 20;
  const auth = createClient(world, { storage: slowStorage(world) });
  t.after(auth.dispose);
  await signIn(auth);
  await world.quiet();
  world.requests.length = 0;
  const controller = new AbortController();
  const token = codeOf(auth.getAccessToken({ signal: controller.signal }));
  await turn();
  controller.abort("enough");
  assert.equal(await token, "enough");
  await world.quiet();
  assert.deepEqual(world.requests, []);
});

test("a refused token does not wait for the renewal of the one before it", async (t) => {
  const { auth, world, answer } = await due(t);
  const old = codeOf(auth.getAccessToken());
  await world.quiet(); // its renewal is under way
  await auth.logout();
  await signIn(auth, "bob");
  const { handler } = world;
  let refused = 0;
  world.handler = (request, form) => {
    if (form.has("refresh_token") && refused) {
      return undefined; // bob's
    }
    return request.startsWith("GET ") && !refused++
      ? json({ message: "invalid token" }, 401)
      : handler?.(request, form);
  };
  assert.equal((await auth.getUser()).name, "bob");
  assert.equal(auth.getSnapshot().status, "signed-in");
  answer();
  assert.equal(await old, await auth.getAccessToken()); // who asked is given the one that is there
});
