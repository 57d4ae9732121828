import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { createAuthClient } from "../../../src/client.ts";
import { createOAuth2Client } from "../../../src/oauth2/client.ts";
import type { AuthClient } from "../../../src/client-types.ts";
import type { AuthClientOptions } from "../../../src/option-types.ts";
import type { Snapshot, User } from "../../../src/types.ts";
import { module } from "../module.ts";
import { leave, open, page } from "../page.ts";
import { alice, broken, Server } from "../traq.ts";

// When a client asks who is signed in, each request counted.

const signedIn: Snapshot = { status: "signed-in", user: alice };

const clients: Pick<AuthClient, "dispose">[] = [];

/** A client in front of a server where alice is signed in, and how often it is asked. */
function client(options: AuthClientOptions = {}): { auth: AuthClient; asked: () => number } {
  let asked = 0;
  const fetch = (): Promise<Response> => {
    asked++;
    return Promise.resolve(Response.json(alice));
  };
  const auth = createAuthClient({
    baseURL: "https://q.example/api/v3",
    wasm: module,
    storage: null,
    fetch,
    ...options,
  });
  clients.push(auth);
  return { auth, asked: () => asked };
}

beforeEach(open);
afterEach(() => {
  clients.splice(0).forEach(({ dispose }) => dispose());
  leave();
});

const calls: Readonly<Record<string, (auth: AuthClient) => unknown>> = {
  subscribe: (auth) => auth.subscribe(() => {}),
  known: (auth) => auth.known(),
  refresh: (auth) => auth.refresh(),
  getUser: (auth) => auth.getUser(),
  "subscribe twice, and end once": (auth) => {
    const end = auth.subscribe(() => {});
    auth.subscribe(() => {});
    end();
  },
};

for (const first of Object.keys(calls)) {
  for (const second of Object.keys(calls)) {
    test(`a page that calls ${first}, then ${second}, asks once`, async () => {
      const { auth, asked } = client();
      calls[first]?.(auth);
      calls[second]?.(auth);
      assert.deepEqual(await auth.known(), signedIn);
      assert.equal(asked(), 1);
    });
  }
}

test("who subscribes alone ends at what is known", async () => {
  const { auth, asked } = client();
  const snapshot = await new Promise<Snapshot>((resolve) => {
    auth.subscribe((now) => {
      if (now.status !== "unknown") {
        resolve(now);
      }
    });
  });
  assert.deepEqual(snapshot, signedIn);
  assert.equal(asked(), 1);
});

test("known returns what is known, and asks no more", async () => {
  const { auth, asked } = client();
  const all = await Promise.all([auth.known(), auth.known(), auth.refresh()]);
  assert.ok(all.every((one) => one === auth.getSnapshot()));
  assert.equal(await auth.known(), auth.getSnapshot());
  assert.equal(asked(), 1);
});

test("known rejects as refresh does, within its own limits, and may be called again", async () => {
  let answers = false;
  const fetch = (): Promise<Response> =>
    answers ? Promise.resolve(Response.json(alice)) : new Promise(() => {});
  const { auth } = client({ fetch, retries: 0 });
  const others = auth.refresh();
  await assert.rejects(auth.known({ timeout: 20 }), { code: "timeout", operation: "known" });
  const controller = new AbortController();
  const aborted = auth.known({ signal: controller.signal });
  controller.abort("mine");
  await assert.rejects(aborted, (reason) => reason === "mine");
  const ended = auth.refresh({ timeout: 1 });
  await assert.rejects(ended, { code: "timeout" });
  assert.equal(auth.getSnapshot().status, "unknown");
  answers = true;
  auth.dispose();
  await assert.rejects(others, { code: "disposed" });
  await assert.rejects(auth.known(), { code: "disposed" });

  let fails = true;
  const next = client({
    retries: 0,
    fetch: () => (fails ? Promise.reject(new TypeError("away")) : Promise.resolve(Response.json(alice))),
  });
  await assert.rejects(next.auth.known(), { code: "network_error", operation: "known" });
  fails = false;
  assert.deepEqual(await next.auth.known(), signedIn);
});

test("on a server nothing is sent, though somebody subscribes", async () => {
  leave();
  const { auth, asked } = client({ initial: signedIn, refreshOn: { interval: 1 } });
  auth.subscribe(() => {});
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(asked(), 0);
});

test("on a server requests at the same time do not see each other's user", async () => {
  leave();
  const render = async (name: string, wait: number): Promise<(string | undefined)[]> => {
    const user = { ...alice, name };
    const fetch = async (): Promise<Response> => {
      await new Promise((resolve) => setTimeout(resolve, wait));
      return Response.json(user);
    };
    const asking = client({ fetch }).auth;
    const rendering = client({ initial: { status: "signed-in", user } }).auth;
    const seen: (string | undefined)[] = [];
    rendering.subscribe((snapshot) => seen.push(snapshot.user?.name));
    seen.push((await asking.known()).user?.name, rendering.getServerSnapshot().user?.name);
    seen.push(rendering.getSnapshot().user?.name, client().auth.getSnapshot().user?.name);
    return seen;
  };
  const names = ["alice", "bob", "carol"];
  const all = await Promise.all(names.map((name, i) => render(name, 30 - 10 * i)));
  assert.deepEqual(
    all,
    names.map((name) => [name, name, name, name, undefined]),
  );
});

test("with refreshOn.subscribe: false a page that subscribes asks nothing", async () => {
  const { auth, asked } = client({ refreshOn: { subscribe: false, visible: false } });
  auth.subscribe(() => {});
  page.dispatchEvent(new Event("focus"));
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(asked(), 0);
  assert.deepEqual(await auth.known(), signedIn);
});

test("initial is known at once, and asked for all the same, once", async () => {
  const { auth, asked } = client({ initial: { ...signedIn, user: { ...alice, name: "before" } } });
  assert.equal(auth.getSnapshot().user?.name, "before");
  assert.equal(auth.getServerSnapshot(), auth.getSnapshot());
  assert.equal(await auth.known(), auth.getServerSnapshot());
  assert.equal(asked(), 0);
  const seen: (string | undefined)[] = [];
  auth.subscribe(({ user }) => seen.push(user?.name));
  auth.subscribe(() => {});
  await auth.refresh();
  assert.deepEqual(seen, ["before", "alice"]);
  assert.equal(auth.getServerSnapshot().user?.name, "before", "what was rendered stays");
  auth.subscribe(() => {});
  await new Promise(setImmediate);
  assert.equal(asked(), 1);
});

test("initial that is true is asked for once, and its reference stays", async () => {
  const { auth, asked } = client({ initial: { status: "signed-in", user: { ...alice, more: 1 } as User } });
  const before = auth.getSnapshot();
  assert.deepEqual(before, signedIn, "without what is no member of a user");
  auth.subscribe(() => {});
  await auth.refresh();
  assert.equal(auth.getSnapshot(), before);
  auth.subscribe(() => {});
  await new Promise(setImmediate);
  assert.equal(asked(), 1);
});

for (const [name, option, words] of [
  ["initial", null, /initial must be a snapshot/],
  ["initial", "signed-in", /initial must be a snapshot/],
  ["initial", {}, /initial must be a snapshot/],
  ["initial", { status: "signed-in", user: null }, /initial must be a snapshot/],
  ["initial", { status: "signed-out", user: alice }, /initial must be a snapshot/],
  ["initial", { status: "signed-in", user: { ...alice, id: "1" } }, /initial must be a snapshot/],
  ["initial", { status: "signed-in", user: { ...alice, name: 1 } }, /initial must be a snapshot/],
  ["refreshOn", true, /refreshOn must be an object/],
  ["refreshOn", null, /refreshOn must be an object/],
  ["refreshOn", { subscribe: 1 }, /refreshOn.subscribe must be true or false/],
  ["refreshOn", { visible: "yes" }, /refreshOn.visible must be true or false/],
  ["refreshOn", { interval: -1 }, /refreshOn.interval must be milliseconds, or 0/],
  ["refreshOn", { interval: NaN }, /refreshOn.interval must be milliseconds, or 0/],
  ["refreshOn", { interval: "1" }, /refreshOn.interval must be milliseconds, or 0/],
] as const) {
  test(`${name} cannot be ${JSON.stringify(option)}`, () => {
    const options = { [name]: option } as AuthClientOptions;
    assert.throws(() => createAuthClient(options), { code: "invalid_argument", message: words });
    const oauth2 = { ...options, baseURL: "https://q.example/api/v3", clientId: "c" };
    assert.throws(() => createOAuth2Client(oauth2), {
      code: "invalid_argument",
      operation: "createOAuth2Client",
      message: words,
    });
  });
}

test("initial can be that nobody knows, and that nobody is signed in", () => {
  for (const initial of [
    { status: "unknown", user: null },
    { status: "signed-out", user: null },
  ] as const) {
    assert.deepEqual(client({ initial }).auth.getSnapshot(), initial);
  }
});

/** Lets what is under way come to its end, by a clock that stands still. */
async function settle(): Promise<void> {
  for (let i = 0; i < 100; i++) {
    await new Promise(setImmediate);
  }
}

for (const [what, refreshOn, every, event, times, most] of [
  ["an interval goes on", { interval: 60_000 }, 30_000, undefined, 60, [29, 31]],
  ["a page that is looked at asks at most every 5 s", {}, 1000, "focus", 20, [3, 4]],
] as const) {
  test(`${what}, though who is subscribed comes and goes`, async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1e12 });
    const { auth, asked } = client({ refreshOn, timeout: 0 });
    let end = auth.subscribe(() => {});
    await settle();
    assert.equal(asked(), 1);
    for (let i = 0; i < times; i++) {
      t.mock.timers.tick(every);
      end();
      end = auth.subscribe(() => {});
      if (event) {
        page.dispatchEvent(new Event(event));
      }
      await settle();
    }
    const [least, greatest] = most;
    assert.ok(asked() - 1 >= least && asked() - 1 <= greatest, String(asked() - 1));
  });
}

test("an interval begins at what was asked before anybody subscribed", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1e12 });
  const { auth, asked } = client({ refreshOn: { interval: 3000 }, timeout: 0 });
  await auth.refresh();
  auth.subscribe(() => {});
  await settle();
  assert.equal(asked(), 1);
  t.mock.timers.tick(3000);
  await settle();
  assert.equal(asked(), 2);
});

for (const [event, members, wait, interval] of [
  ["pageshow", { persisted: true }, 0, 0],
  ["online", {}, 5000, 0],
  ["online", {}, 5000, 60_000],
  ["online", {}, 5000, 5000],
] as const) {
  test(`what ${event} asks is not answered by what was asked before, with an interval of ${interval}`, async (t) => {
    t.mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1e12 });
    const server = new Server();
    const auth = server.client({ timeout: 0, refreshOn: { interval } });
    clients.push(auth);
    server.user = alice;
    const held = server.hold("GET /users/me");
    auth.subscribe(() => {});
    await held.asked;
    server.user = null; // it ended elsewhere
    page.dispatchEvent(Object.assign(new Event(event), members));
    t.mock.timers.tick(wait);
    await settle();
    assert.equal(server.requests.length, 2);
    assert.equal(auth.getSnapshot().status, "signed-out", "though the first question hangs");
    held.release();
    await settle();
    assert.equal(auth.getSnapshot().status, "signed-out");
    assert.equal(server.requests.length, 2);
  });
}

test("refresh does not resolve with unknown, whatever comes between", async () => {
  const server = new Server();
  const auth = server.client();
  clients.push(auth);
  await auth.refresh();
  const look = server.hold("GET /users/me");
  const refreshed = auth.refresh();
  await look.asked;
  await auth.login({ name: "alice", password: "password1234" });
  const out = server.hold("POST /logout", broken);
  const controller = new AbortController();
  const left = auth.logout({ signal: controller.signal }).catch(() => undefined);
  await out.asked;
  controller.abort("closed");
  await left;
  assert.equal(auth.getSnapshot().status, "unknown");
  look.release();
  assert.equal((await refreshed).status, "signed-in");
});

test("a call that has its answer aborts nothing: who wraps fetch may read a copy of that later", async () => {
  const signals: (AbortSignal | null | undefined)[] = [];
  const server = new Server();
  server.user = alice;
  const auth = server.client({
    fetch: (url, init) => {
      signals.push(init?.signal);
      return server.fetch(url, init);
    },
  });
  clients.push(auth);
  await auth.getUser();
  await auth.known();
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.deepEqual(
    signals.map((signal) => signal?.aborted),
    [false],
  );
});
