import assert from "node:assert/strict";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { test } from "node:test";
import { createAuthClient, isAuthError } from "traq-auth";
import { listen } from "../packaging/running.ts";

// What README's comparison says of the official client without a link: how often it asks, and for how long.

const require = createRequire(new URL("../environments/package.json", import.meta.url));
const { AuthenticationApi, Configuration } = require("@traptitech/traq") as {
  readonly AuthenticationApi: new (configuration: unknown) => { getMySessions: () => Promise<unknown> };
  readonly Configuration: new (given: { basePath: string }) => unknown;
};
const axios = require("axios") as { readonly defaults: { readonly timeout: number } };

test("a read that fails with 503 is asked for three times; the official client asks once", async (t) => {
  let requests = 0;
  const server = createServer((_, answer) => {
    requests++;
    answer.writeHead(503).end();
  });
  const { origin, close } = await listen(server);
  t.after(close);
  const baseURL = `${origin}/api/v3`;

  const auth = createAuthClient({ baseURL });
  t.after(auth.dispose);
  await assert.rejects(auth.listSessions({ timeout: 60_000 }), (error) => {
    return isAuthError(error) && error.code === "server_error";
  });
  assert.equal(requests, 3);

  requests = 0;
  await assert.rejects(new AuthenticationApi(new Configuration({ basePath: baseURL })).getMySessions());
  assert.equal(requests, 1);
});

test("axios waits without an end", () => {
  assert.equal(axios.defaults.timeout, 0);
});
