import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { createAbort } from "../../../src/abort.ts";
import { type Seen, send } from "../../../src/call/transport.ts";
import { decode, maxBody, type Message } from "../../../src/module/wire.ts";

const request = ["POST", "https://q.example/api/v3/login", "same-origin", null, "{}"];

/** Sends a request by a fetch, and gives what the module is told. */
async function exchange(fetch: () => unknown, seen: Seen = { begun: 0 }): Promise<Message> {
  const abort = createAbort(() => 0);
  return decode(await send(request, fetch as typeof globalThis.fetch, abort, seen));
}

/** What a fetch gives whose body is not the web's. */
const foreign = (body: unknown, bytes: unknown = Buffer.from("by arrayBuffer")): object => ({
  status: 200,
  type: "basic",
  redirected: false,
  ok: true,
  headers: new Headers(),
  body,
  arrayBuffer: () => Promise.resolve(bytes),
});

const mebi = new Uint8Array(1 << 20);
const failureOf = ({ numbers }: Message): number | undefined => numbers[0];

// A server, or a proxy, may tell any length, and a browser believe it or not.
for (const length of [
  "10",
  "-1",
  "",
  "0x10",
  "1e3",
  "+10",
  "10.5",
  "4194304",
  "0",
  "9007199254740993",
  "NaN",
]) {
  test(`a body is not read beyond its bound where its length is told as ${JSON.stringify(length)}`, async () => {
    let read = 0;
    let cancelled = false;
    const body = new ReadableStream({
      pull: (controller) => {
        read++;
        controller.enqueue(mebi);
      },
      cancel: () => {
        cancelled = true;
      },
    });
    const response = new Response(body, { headers: { "Content-Length": length } });
    Object.defineProperty(response, "type", { value: "basic" });
    assert.equal(failureOf(await exchange(() => response)), 2);
    assert.ok(read <= 6 && cancelled, `${read} MiB read`);
  });
}

test("a stream of Node's is bounded, and destroyed, too", async () => {
  let read = 0;
  const endless = new Readable({
    read() {
      read++;
      this.push(Buffer.alloc(1 << 20));
    },
  });
  assert.equal(failureOf(await exchange(() => foreign(endless))), 2);
  assert.ok(read <= 7, `${read} MiB read`);
  await new Promise(setImmediate);
  assert.ok(endless.destroyed);
});

test("a body of exactly the bound is read, and one of a byte more is not", async () => {
  const of = (size: number): Promise<Message> => exchange(() => new Response("x".repeat(size)));
  assert.equal((await of(maxBody)).texts[4]?.length, maxBody);
  assert.equal(failureOf(await of(maxBody + 1)), 2);
  const whole = await exchange(() => foreign(undefined, new ArrayBuffer(maxBody + 1)));
  assert.equal(failureOf(whole), 2);
});

/** A web stream of what is given. */
const streamOf = (...pieces: unknown[]): ReadableStream =>
  new ReadableStream({
    start: (controller) => {
      pieces.forEach((piece) => controller.enqueue(piece));
      controller.close();
    },
  });

const elsewhere = (code: string): unknown => runInNewContext(code);

const bodies: [name: string, response: () => unknown, text: string][] = [
  ["a web stream", () => new Response("aあ😀"), "aあ😀"],
  ["none", () => new Response(null, { status: 204 }), ""],
  [
    "a stream of Node's (node-fetch)",
    () => foreign(Readable.from([Buffer.from("a"), Buffer.from("b")])),
    "ab",
  ],
  ["a stream of Node's that gives texts", () => foreign(Readable.from(["aあ", "\ud800b"])), "aあ\ufffdb"],
  [
    "an iterator of an old kind",
    () =>
      foreign({ [Symbol.asyncIterator]: () => Readable.from([mebi.subarray(0, 1)])[Symbol.asyncIterator]() }),
    "\0",
  ],
  ["undefined (whatwg-fetch)", () => foreign(undefined), "by arrayBuffer"],
  ["null, yet there is one", () => foreign(null), "by arrayBuffer"],
  ["a Buffer (node-fetch 2)", () => foreign(Buffer.from("x")), "by arrayBuffer"],
  ["a Blob", () => foreign(new Blob(["x"])), "by arrayBuffer"],
  [
    "an ArrayBuffer of another realm",
    () => foreign(null, elsewhere("new Uint8Array([97, 98]).buffer")),
    "ab",
  ],
  [
    "pieces of another realm",
    () => foreign(streamOf(elsewhere("new Uint8Array([97])"), elsewhere("new Uint8Array([98])"))),
    "ab",
  ],
  [
    "pieces of another kind of array",
    () =>
      foreign(
        streamOf(new DataView(new Uint8Array([97, 98, 99, 100]).buffer, 1, 2), new Uint16Array([0x6261])),
      ),
    "bcab",
  ],
  [
    "a part of a larger buffer",
    () => foreign(streamOf(new Uint8Array([97, 98, 99, 100]).subarray(1, 3))),
    "bc",
  ],
  ["numbers, which are no lengths", () => foreign(streamOf(1e9, Buffer.from("a"))), "a"],
];

for (const [name, response, text] of bodies) {
  test(`reads a body that is ${name}`, async () => {
    const { numbers, texts } = await exchange(response);
    assert.deepEqual([numbers[0], texts[4]], [0, text]);
  });
}

test("a stream that cannot be cancelled is left all the same", async () => {
  const throws = (): never => {
    throw new Error("x");
  };
  for (const cancel of [undefined, throws, () => Promise.reject(new Error("x"))]) {
    const reader = { read: () => Promise.resolve({ done: false, value: mebi }), cancel };
    assert.equal(failureOf(await exchange(() => foreign({ getReader: () => reader }))), 2);
  }
});

test("a body is not read on when nobody wants it any more", async () => {
  const abort = createAbort(() => 0);
  let read = 0;
  const body = new ReadableStream({
    pull: async (controller) => {
      read++;
      await new Promise(setImmediate);
      controller.enqueue(new Uint8Array(1));
      if (read === 3) {
        abort.abortWith("enough");
      }
    },
  });
  const fetch = (): Promise<Response> => Promise.resolve(new Response(body)); // which ignores the signal
  await send(request, fetch, abort, { begun: 0 });
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.ok(read <= 5, `${read} pieces`);
});

test("headers are passed on up to a size", async () => {
  const long = "x".repeat(1 << 20);
  const headers = { "Content-Type": long, "X-Request-Id": long, "Retry-After": long, Date: long };
  const seen: Seen = { begun: 0 };
  const { texts } = await exchange(() => new Response("", { status: 429, headers }), seen);
  assert.ok(texts.every((text) => (text?.length ?? 0) <= 4096));
  assert.ok(Number.isNaN(seen.clock?.().from));
  // What is cut may end within a secret, so it must be longer than what an error quotes.
  for (const text of texts.slice(1, 4)) {
    assert.ok((text?.length ?? 0) > 1024);
  }
});

test("who has given up sends nothing, whether before or in the same turn", async () => {
  const never = createAbort(() => 0);
  never.aborted.catch(() => undefined);
  never.abortWith("before");
  let sent = 0;
  const fetch = (): Promise<Response> => {
    sent++;
    return Promise.resolve(new Response());
  };
  assert.equal(failureOf(decode(await send(request, fetch, never, { begun: 0 }))), 1);
  const soon = createAbort(() => 0);
  soon.aborted.catch(() => undefined);
  const sending = send(request, fetch, soon, { begun: 0 });
  soon.abortWith("at once");
  assert.equal(failureOf(decode(await sending)), 1);
  assert.equal(sent, 0);
});

test("a header that is not printable ASCII is none: it was decoded as Latin-1, in which no secret is recognized", async () => {
  const headers = (value: string): Headers =>
    new Headers({ "Content-Type": value, "X-Request-Id": value, "Retry-After": value });
  for (const [value, told] of [
    ["text/html;\tcharset=utf-8", "text/html;\tcharset=utf-8"],
    [Buffer.from("\u3071\u3059").toString("latin1"), null],
    ["a\u00e9", null],
    ["a\u009b31m", null],
    ["x".repeat(2000), "x".repeat(2000)],
    ["x".repeat(3000), "x".repeat(2000)],
  ] as const) {
    const { texts } = await exchange(() => new Response("", { status: 500, headers: headers(value) }));
    assert.deepEqual(texts.slice(1, 4), [told, told, told]);
  }
});

test("a stream of empty pieces ends as one that is too large: no timer fires between them", async () => {
  const empty = (): object => ({ read: () => Promise.resolve({ value: new Uint8Array(0) }) });
  const nothing = (): object => ({ read: () => Promise.resolve({}) });
  for (const getReader of [empty, nothing]) {
    assert.equal(failureOf(await exchange(() => foreign({ getReader }))), 2);
  }
});
