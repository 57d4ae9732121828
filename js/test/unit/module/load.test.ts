import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { runInNewContext } from "node:vm";
import { compile } from "../../../src/module/load.ts";
import type { WasmFactory } from "../../../src/option-types.ts";
import { bytes, module } from "../module.ts";

const { signal } = new AbortController();
const type = { "Content-Type": "application/wasm" };

/** A response that only looks like one, as whatwg-fetch's and Pretender's. */
const foreign = (answer: object = {}): Response =>
  ({
    ...{ ok: true, status: 200, url: "https://q.example/x.wasm", headers: new Headers(type) },
    arrayBuffer: () => Promise.resolve(new Uint8Array(bytes).buffer),
    ...answer,
  }) as unknown as Response;

const proxied = (): Response =>
  new Proxy(new Response(bytes, { headers: type }), {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === "function" ? (value.bind(target) as unknown) : value;
    },
  });

const given: [name: string, source: WasmFactory][] = [
  ["a response of the engine's", () => new Response(bytes, { headers: type })],
  ["a response that a Proxy stands for", proxied],
  ["a response of a polyfill's", foreign],
  ["a response of a polyfill's, with a type of its own", () => foreign({ headers: new Headers() })],
  [
    "a module of another realm",
    () => runInNewContext("new WebAssembly.Module(bytes)", { bytes }) as WebAssembly.Module,
  ],
  [
    "bytes of another realm",
    () => runInNewContext("Uint8Array.from(bytes).buffer", { bytes }) as ArrayBuffer,
  ],
  ["a URL of another realm", () => ({ href: "https://q.example/x.wasm" })],
];

const fetching = (t: TestContext, response: () => Response | Promise<Response>): (() => number) => {
  const { mock } = t.mock.method(globalThis, "fetch", () => Promise.resolve().then(response));
  return () => mock.callCount();
};

for (const [name, source] of given) {
  test(`compiles ${name}`, async (t) => {
    fetching(t, proxied);
    assert.equal(
      WebAssembly.Module.exports(await compile(source, signal)).length,
      WebAssembly.Module.exports(module).length,
    );
  });
}

test("a response is compiled at once, by one request", async (t) => {
  const requests = fetching(t, () => new Response(bytes, { headers: type }));
  const aside = [t.mock.method(WebAssembly, "compile"), t.mock.method(WebAssembly, "compileStreaming")];
  await compile("https://q.example/x.wasm", signal);
  assert.deepEqual([requests(), ...aside.map(({ mock }) => mock.callCount())], [1, 0, 0]);
});

const refused: [name: string, response: () => Response | Promise<Response>, says: RegExp][] = [
  [
    "that is none",
    () => foreign({ arrayBuffer: () => Promise.resolve(new ArrayBuffer(8)) }),
    /answered 200 .*no module; serve it, not a fallback page, or import traq-auth\/inline$/,
  ],
  [
    "whose body breaks off",
    () => foreign({ arrayBuffer: () => Promise.reject(new TypeError("x")) }),
    /could not be fetched/,
  ],
  [
    "of the engine's whose body breaks off",
    () =>
      new Response(new ReadableStream({ pull: () => Promise.reject(new TypeError("x")) }), { headers: type }),
    /could not be fetched/,
  ],
  [
    "that is not there",
    () => foreign({ ok: false, status: 404 }),
    /answered 404 .*or import traq-auth\/inline$/,
  ],
  [
    "that cannot be asked for",
    () => Promise.reject(new TypeError("x")),
    /could not be fetched; check the connection, CORS, and connect-src, or import traq-auth\/inline$/,
  ],
];

test("an address's user name and password are neither sent nor told", async (t) => {
  const fetched = t.mock.method(globalThis, "fetch", () => Promise.reject(new TypeError("x")));
  const url = new URL("https://alice:hunter2@q.example/x.wasm");
  for (const source of [
    url,
    url.href,
    "https://alice:hun@ter2@q.example/x.wasm",
    "https:/alice:hunter2@q.example/x.wasm",
    "https:alice:hunter2@q.example/x.wasm",
    "https:\\\\alice:hunter2@q.example/x.wasm",
  ]) {
    await assert.rejects(compile(source, signal), ({ message }: Error) => {
      assert.match(message, /https:\/\/q\.example\/x\.wasm could not be fetched/);
      return !/hun|ter2/.test(message);
    });
  }
  for (const {
    arguments: [to],
  } of fetched.mock.calls as unknown as { arguments: [URL] }[]) {
    assert.equal(to.href, "https://q.example/x.wasm");
  }
  await assert.rejects(compile("https://alice:hunter2@[/x.wasm", signal), ({ message }: Error) => {
    assert.match(message, /the address could not be fetched/);
    return !message.includes("hunter2");
  });
});

for (const [name, response, says] of refused) {
  test(`says what is wrong with a module ${name}`, async (t) => {
    fetching(t, response);
    await assert.rejects(compile("https://q.example/x.wasm", signal), {
      code: "wasm_load_failed",
      message: says,
    });
  });
}

for (const [where, location, says] of [
  ["page", { href: "https://q.example/" }, /Content-Security-Policy forbids it; add 'wasm-unsafe-eval'/],
  ["runtime without pages", undefined, /the runtime forbids it; import the module$/],
] as const) {
  test(`says what to change where a ${where} compiles nothing`, async (t) => {
    Object.defineProperty(globalThis, "location", { value: location, configurable: true });
    t.after(() => Reflect.deleteProperty(globalThis, "location"));
    t.mock.method(WebAssembly, "Module", () => {
      throw new WebAssembly.CompileError("disallowed");
    });
    t.mock.method(WebAssembly, "compile", () => Promise.reject(new WebAssembly.CompileError("disallowed")));
    await assert.rejects(
      compile(() => bytes, signal),
      { code: "wasm_load_failed", message: says },
    );
  });
}

test("an address is read as the page's own, without the user name that it was opened with", async (t) => {
  Object.defineProperty(globalThis, "location", {
    value: { href: "https://u:p@q.example/a/b" },
    configurable: true,
  });
  t.after(() => Reflect.deleteProperty(globalThis, "location"));
  const { mock } = t.mock.method(globalThis, "fetch", () => Promise.resolve(foreign()));
  for (const address of [
    "x.wasm",
    "/a/x.wasm",
    "https://u:p@q.example/a/x.wasm",
    new URL("https://u:p@q.example/a/x.wasm"),
  ]) {
    await compile(address, signal);
  }
  assert.deepEqual(
    mock.calls.map(({ arguments: [url] }) => (url as URL).href),
    Array(4).fill("https://q.example/a/x.wasm"),
  );
  // Firefox leaves the name out of location.href, and not out of import.meta.url.
  Object.defineProperty(globalThis, "location", {
    value: { href: "https://q.example/a/b" },
    configurable: true,
  });
  await compile("https://u:p@q.example/a/x.wasm", signal);
  assert.equal((mock.calls[4]?.arguments[0] as URL).href, "https://q.example/a/x.wasm");
});
