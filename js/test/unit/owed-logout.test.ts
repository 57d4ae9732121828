import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { type AuthClient, createAuthClient } from "../../src/index.ts";
import { module } from "./module.ts";

// In which order a first call asks its storage and the server; the end-to-end
// tests see what comes of it.

const alice = {
  name: "alice",
  displayName: "Alice",
  id: "01a207ab-7610-7cca-92e9-2da640e2838e",
  iconFileId: "",
};
alice.iconFileId = alice.id;

const owedByNobody = JSON.stringify({ all: false, user: null });

/** A client that reads its storage and fetches so. */
function client(
  t: TestContext,
  getItem: () => string | null | Promise<string | null>,
  fetch: typeof globalThis.fetch,
): AuthClient {
  const storage = { getItem, setItem: () => undefined, removeItem: () => undefined };
  const auth = createAuthClient({ baseURL: "https://q.example/api/v3", wasm: module, storage, fetch });
  t.after(() => auth.dispose());
  return auth;
}

const done = (): Response => new Response(null, { status: 204 });
const unauthorized = (): Response => Response.json({ message: "Unauthorized" }, { status: 401 });

/** A client whose storage answers when it is told to, and what it asked a server that knows alice until she logs out. */
function slowStorage(t: TestContext): {
  auth: AuthClient;
  requests: string[];
  answer: (text: string | null) => void;
  asked: Promise<void>;
} {
  const requests: string[] = [];
  let known = true;
  let answer!: (text: string | null) => void;
  const answered = new Promise<string | null>((resolve) => (answer = resolve));
  let ask!: () => void;
  const asked = new Promise<void>((resolve) => (ask = resolve));
  const auth = client(
    t,
    () => {
      ask();
      return answered;
    },
    (url, { method = "GET" } = {}) => {
      const request = `${method} ${(url as string).replace("https://q.example/api/v3", "")}`;
      requests.push(request);
      known &&= request !== "POST /logout";
      return Promise.resolve(method === "POST" ? done() : known ? Response.json(alice) : unauthorized());
    },
  );
  return { auth, requests, answer, asked };
}

test("what only reads is asked for while the storage is", async (t) => {
  const { auth, requests, answer, asked } = slowStorage(t);
  const user = auth.getUser();
  await asked;
  assert.deepEqual(requests, ["GET /users/me"]);
  answer(null);
  assert.deepEqual(await user, alice);
  assert.equal(requests.length, 1);
});

for (const [whose, owed, look] of [
  ["nobody knows whose", { all: false, user: null }, []],
  ["alice's", { all: false, user: alice.id }, ["GET /users/me"]],
] as const) {
  test(`what was read before an owed logout, ${whose}, is not told`, async (t) => {
    const { auth, requests, answer, asked } = slowStorage(t);
    const user = auth.getUser();
    await asked;
    answer(JSON.stringify(owed));
    await assert.rejects(user, { code: "not_authenticated" });
    assert.deepEqual(requests, ["GET /users/me", ...look, "POST /logout", "GET /users/me"]);
    assert.equal(auth.getSnapshot().status, "signed-out");
  });
}

test("an error has no cause of a request that was thrown away", async (t) => {
  let sent = 0;
  const auth = client(
    t,
    () => owedByNobody,
    (_, request) =>
      sent++ === 0
        ? Promise.reject(new TypeError("offline, still"))
        : Promise.resolve(request?.method === "POST" ? done() : unauthorized()),
  );
  await assert.rejects(auth.getUser(), { code: "not_authenticated", cause: undefined });
});

test("what changes something waits for the storage", async (t) => {
  const { auth, requests, answer, asked } = slowStorage(t);
  const login = auth.login({ name: "bob", password: "password1234" });
  const link = auth.linkAccount("oidc", { navigate: false }).catch(() => undefined);
  await asked;
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.deepEqual(requests, []);
  answer(owedByNobody);
  await login.catch(() => undefined);
  await link;
  assert.equal(requests[0], "POST /logout");
});

test("calls at once have one logout sent, and none is told what was read before it", async (t) => {
  const { auth, requests, answer, asked } = slowStorage(t);
  const calls = Promise.allSettled([auth.getUser(), auth.getUser(), auth.refresh()]);
  await asked;
  answer(owedByNobody);
  assert.deepEqual(
    (await calls).map(({ status }) => status),
    ["rejected", "rejected", "fulfilled"],
  );
  assert.equal(requests.filter((request) => request === "POST /logout").length, 1);
  assert.equal(auth.getSnapshot().status, "signed-out");
});

test("what the storage says late owes no second logout, and what was read before the first is not told", async (t) => {
  let late!: (text: string) => void;
  const answers = [Promise.resolve(owedByNobody), new Promise<string>((resolve) => (late = resolve))];
  const requests: unknown[] = [];
  const auth = client(
    t,
    () => answers.shift() ?? null,
    (_, request) => {
      requests.push(request?.method);
      return Promise.resolve(request?.method === "POST" ? done() : Response.json(alice));
    },
  );
  const both = [auth.getUser(), auth.getUser()];
  await both[0];
  late(owedByNobody);
  await both[1];
  assert.deepEqual(requests, ["GET", "GET", "POST", "GET", "GET"]);
});
