import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { useHarness } from "../e2e/harness.ts";
import { pageScript } from "./bundle.ts";
import { inPage, uncaught, watched } from "./page.ts";
import { play } from "./scenario.ts";

// Pages whose intrinsic objects nobody can write to any more, or somebody has
// written to.

const harness = useHarness();
beforeEach(() => harness.reset());

/** What makes intrinsics so, by what it is called. */
const changes: [name: string, script: () => Promise<string>][] = [
  ["SES's lockdown", async () => `${await pageScript("ses")}\nlockdown();`],
  [
    "SES's lockdown, which repairs few overrides",
    async () => `${await pageScript("ses")}\nlockdown({ overrideTaming: "min" });`,
  ],
  ["everything frozen", () => Promise.resolve(`(${freezeAll.toString()})()`)],
  ["Error.prototype frozen", () => Promise.resolve("Object.freeze(Error.prototype)")],
  ["Object.prototype frozen", () => Promise.resolve("Object.freeze(Object.prototype)")],
];

for (const [name, script] of changes) {
  test(`with ${name} before the package is imported`, async () => {
    const page = await watched(harness);
    await page.evaluate(await script());
    await play(harness.server, inPage(page));
    assert.deepEqual(await uncaught(page), []);
  });
  test(`with ${name} when the client was used`, async () => {
    const page = await watched(harness);
    const run = inPage(page);
    assert.equal((await run((auth) => auth.refresh())).error, undefined);
    await page.evaluate(await script());
    await play(harness.server, run);
    assert.deepEqual(await uncaught(page), []);
  });
}

/** Freezes each constructor of a page's and each prototype; runs there. */
function freezeAll(): void {
  const hidden = [
    Object.getPrototypeOf(Uint8Array),
    Object.getPrototypeOf(async () => {}),
    Object.getPrototypeOf(function* () {}),
    Object.getPrototypeOf([][Symbol.iterator]()),
    Object.getPrototypeOf(new Map().entries()),
    Object.getPrototypeOf(""[Symbol.iterator]()),
  ] as unknown[];
  const named = Object.getOwnPropertyNames(globalThis).map(
    (name) => Object.getOwnPropertyDescriptor(globalThis, name)?.value as unknown,
  );
  for (const value of [...hidden, ...named]) {
    const is =
      typeof value === "function" || (typeof value === "object" && value !== null && value !== globalThis);
    if (is && value !== (globalThis as { uncaught?: unknown }).uncaught) {
      const { prototype } = value as { prototype?: unknown };
      for (const each of [prototype, value]) {
        try {
          Object.freeze(each);
        } catch {} // what a page cannot freeze, such as its location
      }
    }
  }
}
