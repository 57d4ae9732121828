import { AbortController as Polyfill } from "abort-controller";
import crossFetch from "cross-fetch";
import withCookies from "fetch-cookie";
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import nodeFetch3 from "node-fetch";
import nodeFetch2 from "node-fetch-2";
import { fetch as undici } from "undici";
import { startServer, type TestServer } from "../e2e/server.ts";
import type { Outcome } from "../e2e/client.ts";
import { play, type Realm, type Run } from "./scenario.ts";

// In Node, with the fetch of others: node-fetch's bodies are Node's streams,
// undici's own classes are not those of Node, and a signal may be anybody's.

const { createAuthClient } = (await import(
  new URL("../../dist/inline.js", import.meta.url).href
)) as typeof import("../../src/index.ts");

let server: TestServer;
before(async () => {
  server = await startServer();
});
after(() => server.close());
beforeEach(() => server.reset());

const unhandled: unknown[] = [];
process.on("unhandledRejection", (reason) => unhandled.push(reason));
afterEach(() => assert.deepEqual(unhandled.splice(0), []));

/** Runs tasks with a client that uses a fetch, which is counted. */
function withFetch(fetch: unknown, realm: Realm): { readonly run: Run; readonly asked: string[] } {
  const asked: string[] = [];
  const kept = withCookies(fetch as typeof globalThis.fetch) as typeof globalThis.fetch;
  const auth = createAuthClient({
    baseURL: `${server.origin}/api/v3`,
    fetch: (input, init) => {
      asked.push(`${init?.method ?? ""} ${new URL(input as string).pathname}`);
      return kept(input, init);
    },
  });
  const run: Run = async (task) => {
    const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));
    try {
      return { value: plain(await task(auth, realm)) };
    } catch (error) {
      return { error: plain(error) as NonNullable<Outcome["error"]> };
    }
  };
  return { run, asked };
}

for (const [name, fetch] of [
  ["Node's own fetch", globalThis.fetch],
  ["node-fetch 2", nodeFetch2],
  ["node-fetch 3", nodeFetch3],
  ["cross-fetch", crossFetch],
  ["undici's fetch", undici],
] as const) {
  for (const [signals, AbortController] of [
    ["Node's signals", globalThis.AbortController],
    ["abort-controller's signals", Polyfill],
  ] as const) {
    test(`${name} with fetch-cookie over it, and ${signals}`, async () => {
      const { run, asked } = withFetch(fetch, { AbortController, setTimeout });
      await play(server, run);
      assert.ok(asked.includes("GET /api/v3/users/me/sessions"));
    });
  }

  test(`${name} shows a redirect, which counts as a browser's`, async () => {
    const { run } = withFetch(fetch, globalThis);
    assert.deepEqual(
      await run((auth) =>
        auth.login({ name: "alice", password: "password1234" }, { redirect: "/channels/general" }),
      ),
      { value: { redirectTo: `${server.origin}/channels/general` } },
    );
    assert.deepEqual(await run((auth) => auth.linkAccount("oidc", { navigate: false })), {
      value: { url: `${server.origin}/api/auth/oidc?link=1` },
    });
    assert.deepEqual(await run((auth) => auth.logout({ redirect: "/" })), {
      value: { redirectTo: `${server.origin}/` },
    });
  });

  test(`${name} gives no more of a body than the package bears`, async () => {
    const { run } = withFetch(fetch, globalThis);
    await server.act("answer", { path: "/api/v3/version", status: 200, body: "[", fill: 8 << 20 });
    const { error } = await run((auth) => auth.getServerInfo());
    assert.equal(error?.["code"], "invalid_response");
  });
}
