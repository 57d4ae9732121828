import assert from "node:assert/strict";
import { test } from "node:test";
import type { AuthStorage } from "../../../src/option-types.ts";
import { createItem, createList, type Item } from "../../../src/oauth2/item.ts";

interface Slow {
  getItem: (key: string) => Promise<string | null>;
  setItem: (key: string, value: string) => Promise<void>;
  removeItem: (key: string) => Promise<void>;
}

/** A storage that takes its time, and what it holds. */
function slowStorage(): { items: Map<string, string>; storage: Slow } {
  const items = new Map<string, string>();
  const later = async <T>(value: () => T): Promise<T> => {
    await new Promise((resolve) => setTimeout(resolve, 1));
    return value();
  };
  const storage: Slow = {
    getItem: (key) => later(() => items.get(key) ?? null),
    setItem: (key, value) => later(() => void items.set(key, value)),
    removeItem: (key) => later(() => void items.delete(key)),
  };
  return { items, storage };
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

const checkA = ({ a }: Readonly<Record<string, unknown>>): { a: unknown } => ({ a });
const itemOf = (storage: AuthStorage | null): Item<{ a: unknown }> =>
  createItem(storage, key, checkA, () => undefined);

const throws = (): never => {
  throw new TypeError("no");
};

for (const [what, methods] of [
  ["none", null],
  ["one that throws where it is written", { setItem: throws }],
  ["one that throws where something is removed", { removeItem: throws }],
  ["one that throws", { getItem: throws, setItem: throws, removeItem: throws }],
  ["one that forgets", { setItem: () => undefined }],
  ["one that keeps what it has", { setItem: () => undefined, removeItem: () => undefined }],
  ["one that comes to throw", { breaks: throws }],
] as const) {
  test(`where the storage is ${what}, an item is what it was made last`, async () => {
    const { items, storage } = slowStorage();
    const item = itemOf(methods && Object.assign(storage, methods));
    assert.equal(await item.read(), null);
    assert.equal(await item.change(() => ({ a: 1 })), null);
    assert.deepEqual(await item.read(), { a: 1 });
    if (methods && "breaks" in methods) {
      Object.assign(storage, { setItem: throws, removeItem: throws });
    }
    assert.deepEqual(await item.change((value) => ({ a: [value?.a, 2] })), { a: 1 });
    assert.deepEqual(await item.read(), { a: [1, 2] });
    assert.deepEqual(await item.change(() => null), { a: [1, 2] });
    assert.equal(await item.read(), null);
    assert.equal(await item.change(() => ({ a: 1 })), null);
    assert.deepEqual(await item.read(), { a: 1 });
    items.clear();
  });
}

test("a storage that keeps things again counts again", async () => {
  const { items, storage } = slowStorage();
  const { setItem } = storage;
  const item = itemOf(storage);
  await item.change(() => ({ a: 1 }));
  Object.assign(storage, { setItem: throws });
  await item.change(() => ({ a: 2 }));
  Object.assign(storage, { setItem });
  await item.change(() => ({ a: 3 }));
  assert.equal(items.get("key"), '{"a":3}');
  items.set("key", '{"a":4}'); // by another tab
  assert.deepEqual(await item.read(), { a: 4 });
});

test("what another has removed from a storage does not come back from memory", async () => {
  const { items, storage } = slowStorage();
  const item = itemOf(storage);
  await item.change(() => ({ a: 1 }));
  items.clear();
  assert.equal(await item.read(), null);
  await item.change(() => null); // which is no change
  items.set("key", '{"a":2}');
  assert.deepEqual(await item.read(), { a: 2 });
});

for (const [what, there] of [
  ["has removed", null],
  ["has put another in the place of", { a: 3 }],
] as const) {
  test(`what another tab ${what} while it was stored is not there`, async () => {
    const { items, storage } = slowStorage();
    const { setItem } = storage;
    const item = itemOf(storage);
    await item.change(() => ({ a: 1 }));
    storage.setItem = async (key, value) => {
      await setItem(key, value);
      items.clear();
      if (there) {
        items.set(key, JSON.stringify(there));
      }
    };
    await item.change(() => ({ a: 2 }));
    assert.deepEqual(await item.read(), there);
  });
}

test("an item is changed by one client after the other, and read after both", async () => {
  const { storage } = slowStorage();
  const [one, other] = [itemOf(storage), itemOf(storage)];
  const add =
    (what: number) =>
    async (value: { a: unknown } | null): Promise<{ a: unknown }> => {
      await new Promise(setImmediate);
      return { a: [value?.a ?? [], what].flat() };
    };
  void one.change(add(1));
  void other.change(add(2));
  void one.change(add(3));
  assert.deepEqual(await other.read(), { a: [1, 2, 3] });
});

test("a change that fails changes nothing, and keeps nobody waiting", async () => {
  const item = itemOf(null);
  await item.change(() => ({ a: 1 }));
  await assert.rejects(item.change(throws), TypeError);
  assert.deepEqual(await item.read(), { a: 1 });
});

test("what is no storage is as good as none", async () => {
  for (const storage of ["localStorage", 5, {}]) {
    const item = itemOf(storage as unknown as AuthStorage);
    await item.change(() => ({ a: 1 }));
    assert.deepEqual(await item.read(), { a: 1 });
  }
});

test("what another tab has stored since a write that failed counts, and what is dropped for it is told", async () => {
  const { items, storage } = slowStorage();
  const dropped: unknown[] = [];
  let isFull = false;
  const item = createItem<{ a: number }>(
    {
      ...storage,
      setItem: (key, value) => (isFull ? Promise.reject(new Error("full")) : storage.setItem(key, value)),
    },
    key,
    ({ a }) => ({ a: a as number }),
    (value) => dropped.push(value),
  );
  await item.change(() => ({ a: 1 }));
  isFull = true;
  await item.change(() => ({ a: 2 }));
  assert.deepEqual([await item.read(), dropped], [{ a: 2 }, []]);
  items.set("key", '{"a":3}');
  assert.deepEqual([await item.read(), dropped], [{ a: 3 }, [{ a: 2 }]]);
  await item.change(() => ({ a: 4 }));
  items.delete("key"); // as by a logout
  assert.deepEqual([await item.read(), dropped], [null, [{ a: 2 }, { a: 4 }]]);
  await item.change(() => null);
  items.set("key", '{"a":5}');
  assert.deepEqual(await item.read(), { a: 5 });
});
