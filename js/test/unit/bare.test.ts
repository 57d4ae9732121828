import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

// Places that lack what a browser has, as jsdom and SES do, each in a process of its own.

/** Runs a module that has the package, after something was done to the globals. */
function run(prepare: string, body: string): string {
  const source = new URL("../../src/", import.meta.url).href;
  const code = `
    import { readFileSync } from "node:fs";
    const bytes = readFileSync(new URL("../dist/traq-auth.wasm", "${source}"));
    ${prepare};
    const { createAuthClient } = await import("${source}index.ts");
    ${body}`;
  return execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
    encoding: "utf8",
    cwd: new URL("../../", import.meta.url),
  }).trim();
}

const signIn = `
  const answer = (text) => ({ status: text ? 200 : 204, type: "basic", redirected: false, ok: true, headers: new Kept(), arrayBuffer: async () => Uint8Array.from(unescape(encodeURIComponent(text)), (c) => c.charCodeAt(0)).buffer });
  const id = "01a207ab-7610-7cca-92e9-2da640e2838e";
  let sent;
  const auth = createAuthClient({ baseURL: "https://q.example", wasm: bytes, fetch: async (url, { method, body }) => {
    sent ??= body;
    return answer(method === "POST" ? "" : JSON.stringify({ id, name: "alice", displayName: "あ\\u{1f600}", iconFileId: id }));
  } });
  await auth.login({ name: "alice", password: "pä\\ud800ß" });
  console.log(JSON.stringify([JSON.parse(sent).password, auth.getSnapshot().user.displayName]));
  process.exit();`;

for (const missing of [
  ["TextEncoder", "TextDecoder", "Response", "Request", "Headers"], // jest-environment-jsdom
  ["performance"],
  ["AbortController", "AbortSignal", "URL", "BroadcastChannel", "fetch", "crypto"],
]) {
  test(`it is imported where there is no ${missing.join(", ")}`, () => {
    const prepare = missing.map((name) => `delete globalThis.${name};`).join(" ");
    assert.equal(run(prepare, "console.log(typeof createAuthClient); process.exit()"), "function");
  });
}

test("somebody signs in where there is no TextEncoder, TextDecoder and Response", () => {
  const missing = ["TextEncoder", "TextDecoder", "Response", "Request", "Headers"];
  assert.equal(
    run("const Kept = Headers;" + missing.map((name) => `delete globalThis.${name};`).join(" "), signIn),
    '["pä\ufffdß","あ😀"]',
  );
});

test("somebody signs in where all that the language has is frozen", () => {
  const freeze = `
    const Kept = Headers;
    const seen = new Set();
    const freeze = (value) => {
      if (Object(value) !== value || seen.has(value)) return;
      seen.add(value);
      Object.freeze(value);
      for (const { value: one, get, set } of Object.values(Object.getOwnPropertyDescriptors(value))) [one, get, set].forEach(freeze);
      freeze(Object.getPrototypeOf(value));
    };
    [Object, Function, Array, Error, TypeError, RangeError, Promise, Map, Set, WeakMap, Symbol, String, Number, RegExp, Date, JSON, Math, Reflect, ArrayBuffer, Uint8Array, DataView].forEach(freeze);`;
  assert.equal(run(freeze, signIn), '["pä\ufffdß","あ😀"]');
});

test("a timeout says so where an AbortController has no reasons, and a logout stays pending", () => {
  const prepare = `
    const { AbortController } = globalThis;
    globalThis.AbortController = class {
      inner = new AbortController();
      signal = Object.defineProperty(this.inner.signal, "reason", { value: undefined });
      abort() { this.inner.abort(); }
    };
    const items = new Map();
    const storage = { getItem: (key) => items.get(key) ?? null, setItem: (key, text) => items.set(key, text), removeItem: (key) => items.delete(key) };`;
  const body = `
    const id = "01a207ab-7610-7cca-92e9-2da640e2838e";
    const auth = createAuthClient({ baseURL: "https://q.example", wasm: bytes, storage, timeout: 200, fetch: async (url, { method }) =>
      method === "POST" ? new Promise(() => {}) : Response.json({ id, name: "alice", displayName: "A", iconFileId: id }) });
    await auth.refresh();
    const { code } = await auth.logout().catch((error) => error ?? {});
    console.log(code, items.size, auth.getSnapshot().status);
    process.exit();`;
  assert.equal(run(prepare, body), "timeout 1 signed-out");
});
