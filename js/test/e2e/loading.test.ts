import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { HTTPRequest } from "puppeteer-core";
import { attempt } from "./client.ts";
import { useHarness } from "./harness.ts";

// Where the module comes from, and what happens where it does not come.

const harness = useHarness();
beforeEach(() => harness.reset());

test("the module may be given in every way", async () => {
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    const address = "/pkg/traq-auth.wasm";
    const bytes = await (await fetch(address)).arrayBuffer();
    const module = await WebAssembly.compile(bytes);
    const sources = [
      address,
      new URL(address, location.href),
      bytes,
      new Uint8Array(bytes),
      module,
      () => address,
      () => fetch(address),
      () => Promise.resolve(module),
      async () => new Response(await (await fetch(address)).arrayBuffer()), // of no type
    ];
    const versions = [];
    for (const wasm of sources) {
      versions.push((await createAuthClient({ wasm }).getServerInfo()).version);
    }
    return versions;
  });
  assert.deepEqual(value, Array(9).fill("v3.28.4"));
});

test("a module that does not load is wasm_load_failed, says why, and settles", async () => {
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    const sources: unknown[] = [
      "/pkg/nowhere.wasm",
      "/_test/blank",
      "http://127.0.0.1:1/x.wasm",
      new Uint8Array(8),
      new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]), // a module without what is needed
      7,
      "",
      () => {
        throw new Error("x");
      },
      () => {
        throw null;
      },
      () => null,
      () => new Response("", { headers: { "Content-Type": "application/wasm" } }),
      () => new Response(""),
      () => new Response(new ReadableStream({ pull: () => Promise.reject(new Error("x")) })),
    ];
    const wrong = [];
    for (const wasm of sources) {
      const error: unknown = await createAuthClient({ wasm: wasm as string })
        .getServerInfo()
        .catch((error: unknown) => error);
      const { code, message } = error as { code?: string; message?: string };
      if (code !== "wasm_load_failed" || !message?.includes("traq-auth.wasm")) {
        wrong.push(String(wasm), String(error));
      }
    }
    return [sources.length, wrong];
  });
  assert.deepEqual(value, [13, []]);
  assert.equal(await harness.server.requests(), 0);
});

test("a load that failed is tried again by the next call", async () => {
  const page = await harness.page();
  await page.setRequestInterception(true);
  const refuse = (request: HTTPRequest): void => {
    void (request.url().endsWith("traq-auth.wasm") ? request.abort() : request.continue());
  };
  page.on("request", refuse);
  const first = await attempt(page, ({ createAuthClient }) => createAuthClient().getServerInfo());
  assert.equal(first.error?.["code"], "wasm_load_failed");
  page.off("request", refuse);
  await page.setRequestInterception(false);
  const second = await attempt(page, ({ createAuthClient }) => createAuthClient().getServerInfo());
  assert.equal((second.value as { version: string }).version, "v3.28.4");
});
