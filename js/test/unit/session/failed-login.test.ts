import assert from "node:assert/strict";
import { test } from "node:test";
import { broken, codeOf, credentials, Server } from "../traq.ts";

// What a login that fails says of who is signed in.

const status = (status: number) => (): Response => Response.json({ message: "wait" }, { status });
const page = (): Response => new Response("<html>", { status: 403 });
const redirect = (): Response =>
  Object.defineProperty(new Response(null), "type", { value: "opaqueredirect" });

const refusals = [
  ["with 429", status(429), "rate_limited"],
  ["with 503", status(503), "server_error"],
] as const;
const doubts = [
  ["by another's page", page, "invalid_response"],
  ["by no answer", broken, "network_error"],
] as const;

for (const [how, answer, code] of [...refusals, ...doubts]) {
  test(`whether a redirected login has taken place is unknown where its confirmation fails ${how}`, async () => {
    const server = new Server();
    const auth = server.client();
    assert.equal((await auth.refresh()).status, "signed-out");
    server.answer = (request) => {
      if (request.startsWith("POST /login")) {
        return redirect();
      }
      return request === "GET /users/me" ? answer() : undefined;
    };
    assert.equal(await codeOf(auth.login(credentials, { redirect: "https://q.example/there" })), code);
    assert.equal(auth.getSnapshot().status, "unknown");
  });
}

for (const [how, answer, code, is] of [
  ...refusals.map((refusal) => [...refusal, "signed-out"] as const),
  ...doubts.map((doubt) => [...doubt, "unknown"] as const),
]) {
  test(`a login that fails ${how} leaves ${is}`, async () => {
    const server = new Server();
    const auth = server.client();
    assert.equal((await auth.refresh()).status, "signed-out");
    server.answer = (request) => (request === "POST /login" ? answer() : undefined);
    assert.equal(await codeOf(auth.login(credentials)), code);
    assert.equal(auth.getSnapshot().status, is);
  });
}
