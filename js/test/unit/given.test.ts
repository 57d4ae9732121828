import assert from "node:assert/strict";
import { test } from "node:test";
import { given } from "../../src/given.ts";

const name = "timeout";

/** Pollutes every object meanwhile; a runtime may be without some members of Object.prototype. */
function polluted(without: readonly string[], define: () => void, task: () => void): void {
  const prototype: object = Object.prototype;
  const before: PropertyDescriptorMap = Object.getOwnPropertyDescriptors(prototype);
  try {
    without.forEach((member) => Reflect.deleteProperty(prototype, member));
    define();
    task();
  } finally {
    Reflect.deleteProperty(prototype, name);
    Object.defineProperties(prototype, before);
  }
}

for (const [where, without] of [
  ["", []],
  [" that is without __proto__, as Deno's and a hardened Node's are", ["__proto__"]],
] as const) {
  for (const [how, define] of [
    ["by an assignment", () => void Object.assign(Object.prototype, { [name]: "evil" })],
    [
      "by a definition",
      () => void Object.defineProperty(Object.prototype, name, { value: "evil", configurable: true }),
    ],
  ] as const) {
    test(`nothing is given by an Object.prototype${where}, polluted ${how}`, () => {
      let seen: unknown[] = [];
      polluted(without, define, () => {
        seen = [{ [name]: 5 }, {}, undefined].map((members) => given<Record<string, unknown>>(members)[name]);
      });
      assert.deepEqual(seen, [5, undefined, undefined]);
    });
  }
}
