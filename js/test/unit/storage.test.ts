import assert from "node:assert/strict";
import { test } from "node:test";
import { checkCurrentSession } from "../../src/session/current-session.ts";
import { checkLogout } from "../../src/session/pending-logout.ts";
import { transactionCheck } from "../../src/redirect/redirect-transaction.ts";
import { type Check, createStorageItem } from "../../src/storage.ts";
import { foreignAddresses, foreignTexts, misspelt } from "../e2e/foreign.ts";

// What is read from a storage counts where it is, to the letter, what would be
// written, and is taken away otherwise. What comes of it, the end-to-end tests see.

const id = "01a207ab-7610-7cca-92e9-2da640e2838e";
const origin = "http://127.0.0.1:8080";
const transaction = { kind: "link", provider: "oidc", returnTo: `${origin}/`, nonce: 0.5, time: Date.now() };

for (const [what, check, right, more] of [
  ["a pending logout", checkLogout, { all: false, user: id }, misspelt(id).map((user) => ({ user }))],
  ["a current session", checkCurrentSession, { user: id, id }, misspelt(id).map((id) => ({ id }))],
  [
    "a redirect transaction",
    transactionCheck((url) => url.origin === origin),
    transaction,
    [
      ...foreignAddresses(origin).map((returnTo) => ({ returnTo })),
      ...["", ".", ".."].map((provider) => ({ provider })),
      ...[0, -1, Date.now() - 3_600_000, Date.now() + 3_600_000].map((time) => ({ time })),
    ],
  ],
] as [string, Check<object>, object, object[]][]) {
  test(`what is not ${what} is none, and is taken away`, async () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => void kept.set(key, text),
      removeItem: (key: string) => void kept.delete(key),
    };
    const item = createStorageItem(storage, "localStorage", () => "key", check);
    const text = JSON.stringify(right);
    const rows = [
      // A session is kept without its user too, where nobody knew whose it is.
      ...foreignTexts(text).filter(([name]) => name !== "without user" || what !== "a current session"),
      ...more.map((members) => [JSON.stringify(members), JSON.stringify({ ...right, ...members })] as const),
      ["5 MiB", "x".repeat(5 * 2 ** 20)] as const,
      ["5 MiB of spaces after it", text + " ".repeat(5 * 2 ** 20)] as const,
    ];
    assert.ok(rows.length > 80);
    for (const [name, foreign] of rows) {
      kept.set("key", foreign);
      assert.equal(await item.read(), null, name);
      assert.equal(kept.size, 0, `${name} is left behind`);
    }
    await item.writeItem(right);
    assert.equal(JSON.stringify(await item.read()), text);
    assert.equal(kept.get("key"), text);
  });
}

test("where the storage cannot be read, what was there last counts", async () => {
  const kept = new Map<string, string>();
  let fails = false;
  const fail = (): void => {
    if (fails) {
      throw new DOMException("lost", "UnknownError");
    }
  };
  const storage = {
    getItem: (key: string) => {
      fail();
      return kept.get(key) ?? null;
    },
    setItem: (key: string, text: string) => void kept.set(key, text),
    removeItem: (key: string) => {
      fail();
      kept.delete(key);
    },
  };
  const newItem = () => createStorageItem(storage, "localStorage", () => "key", checkLogout);
  const logout = { all: true, user: id };
  const item = newItem();
  await item.writeItem(logout);
  fails = true;
  assert.deepEqual(await item.read(), logout, "written");
  fails = false;
  const other = newItem();
  assert.deepEqual(await other.read(), logout);
  fails = true;
  assert.deepEqual(await other.read(), logout, "read");
  fails = false;
  kept.clear();
  assert.equal(await other.read(), null);
  fails = true;
  assert.equal(await other.read(), null, "read as none");
  await item.erase();
  assert.equal(await item.read(), null, "erased, though that failed");
});
