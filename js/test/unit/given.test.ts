import assert from "node:assert/strict";
import { test } from "node:test";
import { given } from "../../src/given.ts";

const names = ["timeout"]; // one is enough

/** Pollutes every object meanwhile; a runtime may be without some members of Object.prototype. */
function polluted(without: readonly string[], define: (name: string) => void, task: () => void): void {
  const prototype: object = Object.prototype;
  const before: PropertyDescriptorMap = Object.getOwnPropertyDescriptors(prototype);
  try {
    without.forEach((name) => Reflect.deleteProperty(prototype, name));
    names.forEach(define);
    task();
  } finally {
    names.forEach((name) => Reflect.deleteProperty(prototype, name));
    Object.defineProperties(prototype, before);
  }
}

for (const [where, without] of [
  ["", []],
  [" that is without __proto__, as Deno's and a hardened Node's are", ["__proto__"]],
] as const) {
  for (const [how, define] of [
    ["by an assignment", (name: string) => void Object.assign(Object.prototype, { [name]: "evil" })],
    [
      "by a definition",
      (name: string) =>
        void Object.defineProperty(Object.prototype, name, { value: "evil", configurable: true }),
    ],
  ] as const) {
    test(`nothing is given by an Object.prototype${where}, polluted ${how}`, () => {
      let seen: unknown[] = [];
      polluted(without, define, () => {
        seen = [{ timeout: 5 }, {}, undefined].map(
          (members) => given<Record<string, unknown>>(members)["timeout"],
        );
      });
      assert.deepEqual(seen, [5, undefined, undefined]);
    });
  }
}
