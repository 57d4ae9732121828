import assert from "node:assert/strict";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { test } from "node:test";
import type { AuthError } from "../../../src/index.ts";
import { Server } from "../traq.ts";

// What the shipped module leaves out of errors: a password that the server repeats. Go's tests of the
// rule (quote_escapes_test.go) are of another build of it.

/** What the error says of a login by a password that a server answers so. */
async function said(server: Server, password: string, options = {}): Promise<string> {
  const error = await server
    .client(options)
    .login({ name: "alice", password })
    .then(
      () => assert.fail("it is refused"),
      (error: unknown) => error as AuthError,
    );
  return JSON.stringify([error, error.message, error.stack]);
}

const secret = 'pa s/s"w\u00e4\ud83d\ude00';
const inForm = (text: string): string => new URLSearchParams({ p: text }).toString().slice(2);
const inJSON = (text: string): string => JSON.stringify(text).slice(1, -1);
const asEscapes = (text: string): string =>
  text.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

for (const [how, escaped] of [
  ["as it is", secret],
  ["in JSON", inJSON(secret)],
  ["in JSON, all of it escaped", asEscapes(secret)],
  ["in an address", encodeURIComponent(secret)],
  ["in a form", inForm(secret)],
  ["in a form in a form", inForm(inForm(secret))],
  ["in JSON in a form", inForm(inJSON(secret))],
  ["in a form in JSON", inJSON(inForm(secret))],
  ["in a form in an address", encodeURIComponent(inForm(secret))],
] as const) {
  test(`a password that is repeated ${how} is in no error`, async () => {
    const server = new Server();
    const message = `name=alice&password=${escaped}`;
    const headers = /^[ -~]*$/.test(escaped) ? { "X-Request-Id": escaped } : {};
    server.answer = () => Response.json({ message }, { status: 500, headers });
    const text = await said(server, secret);
    assert.match(text, /server_error/);
    assert.ok(!text.includes(JSON.stringify(escaped).slice(1, -1)), text);
  });
}

test("a password beyond ASCII that is repeated in a header is in no error", async (t) => {
  const password = "\u3071\u3059\u308f\u30fc\u3069";
  const latin1 = Buffer.from(password).toString("latin1");
  const server = createServer((_, response) => {
    response
      .writeHead(400, { "X-Request-Id": latin1, "Content-Type": `text/html; x=${latin1}` })
      .end("<html>");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  const { port } = server.address() as AddressInfo;
  const text = await said(new Server(), password, { baseURL: `http://127.0.0.1:${port}/api/v3`, fetch });
  assert.match(text, /invalid_response/);
  assert.ok(!text.includes(latin1), text);
});

test("control characters are in no error, those of ISO 8859 neither", async () => {
  for (const control of ["\u001b", "\u007f", "\u0085", "\u009b"]) {
    const server = new Server();
    server.answer = () => Response.json({ message: `a${control}31m` }, { status: 500 });
    assert.ok(!(await said(server, "password1234")).includes("31m"), JSON.stringify(control));
  }
});
