import assert from "node:assert/strict";
import { test } from "node:test";
import type { createAuthClient } from "../../src/index.ts";
import type { createOAuth2Client } from "../../src/oauth2.ts";

// The entries that have their module in them.

const dist = new URL("../../dist/", import.meta.url).href;
const baseURL = "https://q.example/api/v3";

const calls: Record<string, (fetch: typeof globalThis.fetch) => Promise<unknown>> = {
  async "inline.js"(fetch) {
    const entry = (await import(`${dist}inline.js`)) as { createAuthClient: typeof createAuthClient };
    return entry.createAuthClient({ baseURL, fetch }).listSessions();
  },
  async "oauth2-inline.js"(fetch) {
    const entry = (await import(`${dist}oauth2-inline.js`)) as {
      createOAuth2Client: typeof createOAuth2Client;
    };
    const token = { access: "t", refresh: null, scope: "read", due: null, login: "" };
    const getItem = (key: string): string | null => (key.includes(":token:") ? JSON.stringify(token) : null);
    const storage = { getItem, setItem: () => {}, removeItem: () => {} };
    const redirectURI = "https://app.example/callback";
    return entry.createOAuth2Client({ baseURL, clientId: "c", redirectURI, storage, fetch }).getUser();
  },
};

for (const [name, call] of Object.entries(calls)) {
  test(`${name}: the first request leaves before the module is decoded`, async (t) => {
    const done: string[] = [];
    const platform = Uint8Array as { fromHex?: (hex: string) => Uint8Array };
    const { fromHex } = platform;
    t.after(() => Object.assign(platform, { fromHex }));
    platform.fromHex = (hex) => {
      done.push("decoded");
      return Uint8Array.from(Buffer.from(hex, "hex"));
    };
    const answered = call(() => {
      done.push("sent");
      return Promise.resolve(Response.json({ message: "You are not logged in" }, { status: 401 }));
    });
    await assert.rejects(answered, { code: "not_authenticated" });
    assert.deepEqual(done.slice(0, 2), ["sent", "decoded"]);
  });
}
