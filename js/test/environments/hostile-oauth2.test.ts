import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, test } from "node:test";
import type { OAuth2Client } from "../../src/oauth2.ts";
import type { KnownCode } from "../../src/errors.ts";
import { startProgram } from "../e2e/program.ts";
import type { Row } from "../hostile/play.ts";

// internal/hostile's table against the OAuth2 client, in Node: whatever a server
// answers to who is signed in, to a renewal and to a revocation, every call settles
// within its time with a code, none takes for an answer what is none, nobody is
// signed out by it who was not refused, and the next call is right.

const dist = new URL("../../dist/", import.meta.url);
const { createOAuth2Client, isAuthError } = (await import(
  new URL("oauth2-inline.js", dist).href
)) as typeof import("../../src/oauth2.ts");
const wasm = new WebAssembly.Module(readFileSync(new URL("traq-auth-oauth2.wasm", dist)));

/** Milliseconds that a call has, and by which it may settle later. */
const timeout = 1_000;
const margin = 20_000; // some bodies keep the one thread that there is

/** What the engine's JSON parser, which the OAuth2 client uses, does otherwise than the module's own. */
const differing: Readonly<Record<string, string>> = {
  "json: a member that is too deep": "there is no depth that is too deep, until there is no stack",
  "json: an id twice, the first one a number": "of two members of a name the last counts",
  "json: a zero": "U+0000 in a text becomes U+FFFD",
};

const codes: ReadonlySet<string> = new Set<KnownCode>([
  "not_authenticated",
  "invalid_token",
  "insufficient_scope",
  "account_suspended",
  "invalid_request",
  "not_found",
  "rate_limited",
  "server_error",
  "invalid_response",
  "network_error",
  "timeout",
  "invalid_client",
]);

const program = await startProgram("build/hostile-server", ["-pkg", "js/dist"]);
after(program.close);
const origin = program.started["origin"] ?? "";
const { rows } = (await (await fetch(`${origin}/hostile/table.json`)).json()) as {
  rows: readonly Omit<Row, "at">[];
};

const unhandled: unknown[] = [];
process.on("unhandledRejection", (reason) => unhandled.push(reason));

/** A storage with a token in it that is good until then. */
function storageWith(base: string, due: number): { storage: object; token: () => string | undefined } {
  const key = `traq-auth:token:the-app:${base}`;
  const token = { access: "t0k.en", refresh: "r3fresh", scope: "read", due, login: "" };
  const items = new Map([[key, JSON.stringify(token)]]);
  return {
    storage: {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => void items.set(key, value),
      removeItem: (key: string) => void items.delete(key),
    },
    token: () => items.get(key),
  };
}

/** Asks the server's own side, whatever has become of the connections. */
async function aside(path: string, method = "GET"): Promise<string> {
  for (let tries = 0; ; tries++) {
    try {
      return await (await fetch(origin + path, { method })).text();
    } catch (error) {
      if (tries === 5) {
        throw error;
      }
    }
  }
}

interface Seen {
  readonly outcome: string;
  readonly value: unknown;
  readonly status: number | null;
}

async function call(name: string, task: () => Promise<unknown>): Promise<Seen> {
  const begun = performance.now();
  const seen = await task().then(
    (value) => ({ outcome: "value", value, status: null }),
    (error: unknown) => {
      assert.ok(isAuthError(error), `${name}: ${String(error)}`);
      const { code, message, status, cause } = error;
      assert.ok(codes.has(code), `${name}: ${code}: ${message}`);
      assert.ok(message.length <= 1_000, `${name}: a message of ${message.length}`);
      const causes = JSON.stringify([error, message, String(cause)]);
      assert.ok(!/t0k\.en|r3fresh/.test(causes), `${name}: the error has a token: ${causes.slice(0, 300)}`);
      return { outcome: code, value: null, status };
    },
  );
  const took = performance.now() - begun;
  assert.ok(took <= timeout + margin, `${name} settles after ${took} ms`);
  return seen;
}

test("each row that is told to differ is there", () => {
  const names = rows.map(({ name }) => name);
  assert.deepEqual(
    Object.keys(differing).filter((name) => !names.includes(name)),
    [],
  );
});

describe("a hostile server", { concurrency: 4 }, () => {
  for (const [at, row] of rows.entries()) {
    const skip =
      (row.http2 && "Node's fetch speaks HTTP/1.1") || (row.crossOrigin && "Node has no origins to cross");
    test(row.name, { skip }, async () => {
      const base = `${origin}/hostile/${at}/oauth2/api/v3`;
      const clientWith = (due: number): { auth: OAuth2Client; token: () => string | undefined } => {
        const { storage, token } = storageWith(base, due);
        const auth = createOAuth2Client({
          baseURL: base,
          clientId: "the-app",
          redirectURI: "https://app.example/",
          storage: storage as Storage,
          timeout,
          retries: 0,
          wasm,
        });
        return { auth, token };
      };
      const good = clientWith(Date.now() + 3_600_000);
      const user = await call("getUser", () => good.auth.getUser());
      if (user.outcome === "value" && !differing[row.name]) {
        const wanted = JSON.parse(await aside(`/hostile/${at}/value/getUser`)) as unknown;
        assert.ok((row.expected["getUser"] ?? "").split("|").includes("value"), "it is no answer");
        assert.deepEqual(user.value, wanted);
      }
      const due = clientWith(Date.now() - 1);
      const token = await call("getAccessToken", () => due.auth.getAccessToken());
      assert.notEqual(token.outcome, "value", "nobody has given a token");
      if (token.outcome !== "not_authenticated") {
        assert.ok(due.token(), `${token.outcome} has signed somebody out`);
      }
      await call("logout", () => good.auth.logout());
      assert.equal(good.auth.getSnapshot().status, "signed-out");
      assert.equal(good.token(), undefined);

      await aside(`/hostile/${at}/oauth2/mend`, "POST");
      const again = clientWith(Date.now() + 3_600_000);
      assert.equal(
        (await call("the next call", () => again.auth.getUser({ timeout: margin }))).outcome,
        "value",
      );
    });
  }
});

test("no promise was left alone", () => {
  assert.deepEqual(unhandled, []);
});
