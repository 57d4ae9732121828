import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { Operation } from "../../../src/types.ts";
import { encode, Kind } from "../../../src/module/wire.ts";
import { callWith, module, newRuntime, oauth2Module, openRuntime } from "../module.ts";

test("the OAuth2 client's module imports and exports just this", () => {
  assert.deepEqual(WebAssembly.Module.imports(oauth2Module), WebAssembly.Module.imports(module));
  assert.deepEqual(
    WebAssembly.Module.exports(oauth2Module)
      .map(({ name }) => name)
      .sort(),
    ["_initialize", "alloc", "completeLogin", "getAccessToken", "getUser", "login", "logout", "memory"],
  );
});

test("the module imports and exports just this", () => {
  assert.deepEqual(WebAssembly.Module.imports(module), [
    { module: "env", name: "arc4random", kind: "function" },
  ]);
  const exports = WebAssembly.Module.exports(module).map(({ name }) => name);
  assert.deepEqual(
    exports.sort(),
    [
      "_initialize",
      "alloc",
      "getServerInfo",
      "getUser",
      "linkAccount",
      "listAccounts",
      "listProviders",
      "listSessions",
      "login",
      "loginWith",
      "logout",
      "memory",
      "revokeSession",
      "unlinkAccount",
    ].sort(),
  );
});

interface Step {
  request: Message;
  response: Message;
}

interface Message {
  kind: Kind;
  numbers: number[];
  texts: (string | null)[];
}

interface Call {
  name: string;
  operation: Operation;
  call: Message;
  steps: Step[];
  answer: Message;
}

// The calls that the other host is tested with too: wasm/host_safejs_test.go.
const read = (file: string): Call[] =>
  JSON.parse(readFileSync(new URL(`../../../../wasm/testdata/${file}`, import.meta.url), "utf8")) as Call[];
const modules = [
  ["traq-auth", module, read("calls.json")],
  ["traq-auth-oauth2", oauth2Module, read("oauth2_calls.json")],
] as const;

const encoded = ({ kind, numbers, texts }: Message): Uint8Array => encode(kind, numbers, texts);

for (const [file, module, calls] of modules) {
  for (const { name, operation, call, steps, answer } of calls) {
    test(`${file} answers ${name}`, async () => {
      const runtime = await newRuntime(module);
      const left = [...steps];
      const got = await callWith(runtime, operation, encoded(call), (request) => {
        const step = left.shift();
        assert.ok(step, "one request too many");
        assert.deepEqual(request, step.request);
        return Promise.resolve(encoded(step.response));
      });
      assert.equal(left.length, 0, "a request is missing");
      const texts = got.texts.map((text, i) => (answer.texts[i] === "*" && text ? "*" : text));
      assert.deepEqual({ ...got, texts }, answer);
    });
  }

  test(`${file} answers the same where the responses come before it is entered`, async () => {
    const runtime = await newRuntime(module);
    for (const { name, operation, call, steps } of calls) {
      const left = [...steps];
      const answer = await callWith(runtime, operation, encoded(call), () =>
        encoded((left.shift() as Step).response),
      );
      for (let early = 1; early <= steps.length; early++) {
        const messages = [encoded(call), ...steps.slice(0, early).map(({ response }) => encoded(response))];
        const asked: unknown[] = [];
        const got = await runtime.call(operation, messages, (request) => {
          messages.push(encoded((steps[early + asked.length] as Step).response));
          asked.push(request);
          return Promise.resolve();
        });
        assert.deepEqual(
          asked,
          steps.slice(early).map(({ request }) => request),
          name,
        );
        assert.deepEqual(got, answer, name);
      }
    }
  });

  // Memory is an arena that each entry begins anew, so what Go kept in a variable
  // would be overwritten by the next entry.
  test(`${file} keeps nothing from one entry to the next`, async () => {
    const { runtime, exports } = await openRuntime(module);
    const stack = 65_536; // target.json; globals are behind it
    const alloc = exports["alloc"] as (size: number) => number;
    const globals = (): Uint32Array => {
      const end = alloc(0);
      return new Uint32Array((exports["memory"] as WebAssembly.Memory).buffer.slice(stack, end));
    };
    const before = globals();
    for (const { operation, call, steps } of calls) {
      const left = [...steps];
      await callWith(runtime, operation, encoded(call), () =>
        Promise.resolve(encoded((left.shift() as Step).response)),
      );
    }
    const changed = [...globals()].filter((word, i) => word !== before[i]);
    assert.ok(before.length > 500, "these are the globals");
    // TinyGo's allocator counts the objects and the bytes.
    assert.ok(changed.length <= 2, `${changed.length} words changed`);
  });
}

const api = ["https://q.example/api/v3", null, "same-origin", null];
const listCall = encode(Kind.call, [0], api);
const respond = (body: string): Uint8Array =>
  encode(Kind.response, [0, 200, 0], ["basic", null, null, null, body]);
const id = (i: number): string => `01a207ab-7610-7cca-92e9-${i.toString(16).padStart(12, "0")}`;
const at = (i: number): string => new Date(1.79e12 + i).toISOString();

// So many calls at once, each with another answer, that one would be given
// another's if anything of a call were kept.
test("10,000 calls that overlap are each given their own answer", async () => {
  const { runtime, memory } = await openRuntime();
  const atRest = memory();
  const width = 50;
  for (let round = 0; round < 200; round++) {
    await Promise.all(
      Array.from({ length: width }, async (_, i) => {
        const n = round * width + i;
        const size = n % 7;
        const list = Array.from({ length: size }, (_, k) => ({ id: id(n * 10 + k), issuedAt: at(n + k) }));
        const answer = await callWith(runtime, "listSessions", listCall, async () => {
          await new Promise((resolve) => (n % 3 ? setImmediate(resolve) : process.nextTick(resolve)));
          return respond(JSON.stringify(list));
        });
        assert.deepEqual(
          answer.texts,
          list.map((s) => s.id),
        );
        assert.deepEqual(
          answer.numbers,
          list.map((s) => Date.parse(s.issuedAt)),
        );
      }),
    );
  }
  assert.equal(memory(), atRest, "linear memory grows");
  assert.ok(atRest <= 256 << 10, `linear memory at rest is ${atRest}`);
});

test("an answer of 10,000 sessions is whole, and what follows it too", async () => {
  const runtime = await newRuntime();
  const list = Array.from({ length: 10_000 }, (_, i) => ({ id: id(i), issuedAt: at(i) }));
  for (let i = 0; i < 3; i++) {
    const big = await callWith(runtime, "listSessions", listCall, () =>
      Promise.resolve(respond(JSON.stringify(list))),
    );
    assert.deepEqual(
      big.texts,
      list.map((s) => s.id),
    );
    const small = await callWith(runtime, "listSessions", listCall, () => Promise.resolve(respond("[]")));
    assert.deepEqual(small, { kind: Kind.result, numbers: [], texts: [] });
  }
});

test("the largest body is read, and memory is given back", async () => {
  const { runtime, memory } = await openRuntime();
  const body = respond(`[]${" ".repeat((4 << 20) - 2)}`);
  let size = 0;
  for (let i = 0; i < 20; i++) {
    const answer = await callWith(runtime, "listSessions", listCall, () => Promise.resolve(body));
    assert.equal(answer.kind, Kind.result);
    size ||= memory();
  }
  assert.equal(memory(), size);
  assert.ok(size <= 16 << 20, `linear memory is ${size}`);
});
