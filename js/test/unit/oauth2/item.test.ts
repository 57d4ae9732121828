import assert from "node:assert/strict";
import { test } from "node:test";
import { createItem, createList } from "../../../src/oauth2/item.ts";

/** A storage that takes its time, and what it holds. */
function slowStorage(): { items: Map<string, string>; storage: Storage } {
  const items = new Map<string, string>();
  const later = async <T>(value: () => T): Promise<T> => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return value();
  };
  const storage = {
    getItem: (key: string) => later(() => items.get(key) ?? null),
    setItem: (key: string, value: string) => later(() => void items.set(key, value)),
    removeItem: (key: string) => later(() => void items.delete(key)),
  };
  return { items, storage: storage as unknown as Storage };
}

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
const key = (): string => "key";

test("changes of a list at the same time are all made", async () => {
  const { items, storage } = slowStorage();
  const list = createList(storage, key, text);
  await Promise.all(["a", "b", "c"].map((one) => list.change((all) => [...all, one])));
  assert.deepEqual(await list.read(), ["a", "b", "c"]);
  const [before] = await Promise.all([
    list.change((all) => all.filter((one) => one !== "a")),
    list.change((all) => [...all, "d"]),
    list.change((all) => all.filter((one) => one !== "b")),
  ]);
  assert.deepEqual(before, ["a", "b", "c"]);
  assert.deepEqual(await list.read(), ["c", "d"]);
  await list.change(() => []);
  assert.equal(items.size, 0, "an empty list is no item");
});

test("a change after one that failed is made", async () => {
  let wrong = true;
  const list = createList(
    slowStorage().storage,
    () => {
      if (wrong) {
        throw new TypeError("no key");
      }
      return "key";
    },
    text,
  );
  await assert.rejects(
    list.change(() => ["a"]),
    TypeError,
  );
  wrong = false;
  await list.change((all) => [...all, "b"]);
  assert.deepEqual(await list.read(), ["b"]);
});

for (const [what, storage] of [
  ["none", null],
  [
    "one that throws",
    {
      getItem: () => null,
      setItem: () => {
        throw new TypeError("full");
      },
      removeItem: () => undefined,
    },
  ],
  ["one that forgets", { getItem: () => null, setItem: () => undefined, removeItem: () => undefined }],
] as const) {
  test(`where the storage is ${what}, an item is in memory`, async () => {
    const check = ({ a }: Readonly<Record<string, unknown>>): { a: unknown } => ({ a });
    const item = createItem<{ a: unknown }>(storage, key, check);
    assert.equal(await item.read(), null);
    await item.writeItem({ a: 1 });
    assert.deepEqual(await item.read(), { a: 1 });
    await item.erase();
    assert.equal(await item.read(), null);
  });
}

test("what another has removed from a storage does not come back from memory", async () => {
  const { items, storage } = slowStorage();
  const item = createItem<{ a: unknown }>(storage, key, ({ a }) => ({ a }));
  await item.writeItem({ a: 1 });
  items.clear();
  assert.equal(await item.read(), null);
});
