import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { bytesOf, decode, encode, Kind } from "../../../src/module/wire.ts";

// The vectors of wasm/wire, which Go's half is tested against too.
const vectors = JSON.parse(
  readFileSync(new URL("../../../../wasm/wire/testdata/vectors.json", import.meta.url), "utf8"),
) as {
  messages: { name: string; kind: Kind; numbers: number[]; texts: (string | null)[]; hex: string }[];
  malformed: { name: string; hex: string }[];
};

const wellFormed = (text: string | null): string | null => text?.replace(/\ud800/g, "\ufffd") ?? null;

for (const { name, kind, numbers, texts, hex } of vectors.messages) {
  test(`writes ${name}`, (t) => {
    assert.equal(Buffer.from(encode(kind, numbers, texts)).toString("hex"), hex);
    const { TextEncoder } = globalThis;
    t.after(() => Object.assign(globalThis, { TextEncoder }));
    Reflect.deleteProperty(globalThis, "TextEncoder");
    assert.equal(
      Buffer.from(encode(kind, numbers, texts)).toString("hex"),
      hex,
      "where there is no TextEncoder",
    );
  });
  test(`reads ${name}`, () => {
    const bytes = new Uint8Array(Buffer.concat([Buffer.alloc(3), Buffer.from(hex, "hex")])).subarray(3);
    assert.deepEqual(decode(bytes), { kind, numbers, texts: texts.map(wellFormed) });
  });
}

for (const { name, hex } of vectors.malformed) {
  test(`refuses ${name}`, () => {
    assert.throws(() => decode(new Uint8Array(Buffer.from(hex, "hex"))), RangeError);
  });
}

test("writes bytes as they are, and reads wrong ones as U+FFFD", () => {
  const body = [new Uint8Array([0x61, 0xff]), new Uint8Array([0x62])];
  const message = encode(Kind.response, [], [body, "あ"]);
  assert.deepEqual(decode(message).texts, ["a\ufffdb", "あ"]);
});

test("writes pieces that are texts in UTF-8, and counts their bytes", () => {
  const pieces = ["a", "あ", "\ud83d\ude00", "\ud83d", "é"].map(bytesOf);
  const message = encode(Kind.response, [], [pieces, "behind"]);
  assert.deepEqual(decode(message).texts, ["aあ\ud83d\ude00\ufffdé", "behind"]);
});
