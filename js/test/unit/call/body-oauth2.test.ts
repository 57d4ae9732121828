import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { bodyOf } from "../../../src/call/body-oauth2.ts";
import { decode, encode, Kind } from "../../../src/module/wire.ts";

/** What authcore's flatTexts reads, in a test of its own. */
const table = JSON.parse(
  readFileSync(new URL("../../../../authcore/testdata/members.json", import.meta.url), "utf8"),
) as { why: string; json: string; members: string | null }[];

/** The text that reaches the module. */
const textOf = (pieces: Uint8Array[] | null): string | null | undefined =>
  decode(encode(Kind.response, [], [bodyOf(pieces)])).texts[0];

void test("the members of a body are as the module reads them", () => {
  assert.ok(table.length > 20);
  for (const { why, json, members } of table) {
    const bytes = new TextEncoder().encode(json);
    assert.equal(textOf([bytes]), members, why);
    // A piece may end within a character.
    assert.equal(textOf([...bytes].map((byte) => Uint8Array.of(byte))), members, why);
  }
});

void test("a body that is too large, or no UTF-8, has no members that count", () => {
  assert.equal(textOf(null), null);
  assert.equal(textOf([]), null);
  assert.equal(textOf([Uint8Array.of(0x7b, 0xff)]), null);
  assert.equal(textOf([Uint8Array.from('{"a":"\xff"}', (char) => char.charCodeAt(0))]), 'a\0"\ufffd\0');
});

void test("names that objects inherit are members like any other", () => {
  const bytes = new TextEncoder().encode(
    '{"__proto__":"a","constructor":"b","toJSON":"c","traq":{"__proto__":"d"}}',
  );
  assert.equal(
    textOf([bytes]),
    '__proto__\0"a\0constructor\0"b\0toJSON\0"c\0traq\0{"__proto__":"d"}\0traq.__proto__\0"d\0',
  );
});
