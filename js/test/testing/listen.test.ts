import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, request as send, type IncomingMessage } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { after, before, beforeEach, test } from "node:test";
import type { Actions, Listening } from "../../testing/src/types.ts";

// The server at a port, which anybody can send anything.

const dist = new URL("../../testing/dist/", import.meta.url);
const { listen } = (await import(
  new URL("index.js", dist).href
)) as typeof import("../../testing/src/index.ts");

let server: Listening;
before(async () => {
  server = await listen();
});
beforeEach(() => server.act("reset"));
after(() => server.close());

const json = { "Content-Type": "application/json" };
const alice = '{"name":"alice","password":"password1234"}';
const version = (origin: string): Promise<string> =>
  fetch(`${origin}/api/v3/version`, { signal: AbortSignal.timeout(10_000) }).then(
    ({ status }) => String(status),
    (error: unknown) => `it does not answer: ${(error as Error).message}`,
  );

const post = (path: string, rest: string): string => `POST ${path} HTTP/1.1\r\nHost: x\r\n${rest}`;
const half = "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n[";
const chunk = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";
const get = (target: string, headers = "Host: x\r\n"): string => `GET ${target} HTTP/1.1\r\n${headers}\r\n`;

/** What a client sends before it goes away, and how the answer to it begins where one is due. */
const broken: Record<string, readonly [string, RegExp?]> = {
  nothing: [""],
  "half a request line": ["POST /api/v3/lo"],
  "half a header": ["GET /api/v3/version HTTP/1.1\r\nHos"],
  "half a body, to the API": [post("/api/v3/login", half)],
  "half a body, to what arranges": [post("/_testing/act/suspend", half)],
  "half a body, to nobody": [post("/nowhere", half)],
  "half a chunk, to the API": [post("/api/v3/login", `${chunk}5\r\n[`)],
  "half a chunk, to what arranges": [post("/_testing/act/suspend", `${chunk}5\r\n[`)],
  "a chunk of no size, to the API": [post("/api/v3/login", `${chunk}x\r\n`)],
  "a chunk of no size, to what arranges": [post("/_testing/act/suspend", `${chunk}x\r\n`)],
  "a length that is none": [post("/api/v3/login", "Content-Length: -1\r\n\r\n"), /^HTTP\/1\.1 400 /],
  "two lengths": [
    post("/api/v3/login", "Content-Length: 1\r\nContent-Length: 2\r\n\r\n[]"),
    /^HTTP\/1\.1 400 /,
  ],
  "the beginning of TLS": ["\x16\x03\x01\x02\x00\x01\x00", /^HTTP\/1\.1 400 /],
  "a header that is too long": [
    get("/api/v3/version", `Host: x\r\nX: ${"a".repeat(70_000)}\r\n`),
    /^HTTP\/1\.1 431 /,
  ],
  "a zero in a header": [get("/api/v3/version", "Host: x\r\nX: \0\r\n"), /^HTTP\/1\.1 400 /],
  "no Host": [get("/api/v3/version", ""), /^HTTP\/1\.1 400 /],
  "no Host, as in HTTP/1.0": ["GET /api/v3/version HTTP/1.0\r\n\r\n", /^HTTP\/1\.1 200 /],
  "a Host that is none": [get("/api/v3/version", "Host: a b[\r\n"), /^HTTP\/1\.1 400 /],
  "a Host that is empty": [get("/api/v3/version", "Host:\r\n"), /^HTTP\/1\.1 200 /],
  "no path": ["OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", /^HTTP\/1\.1 400 /],
  "an address of elsewhere": [get("http://elsewhere.example/"), /^HTTP\/1\.1 404 /],
  "an address that is none": [get("http://a b[/"), /^HTTP\/1\.1 400 /],
  "an escape that is none": [
    get("/api/v3/users/%zz"),
    /^HTTP\/1\.1 400 Bad Request\r\nContent-Type: text\/plain; charset=utf-8\r\n/i,
  ],
  "an escape that is none, to what arranges": [
    post("/_testing/act/%zz", "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n[]"),
    /^HTTP\/1\.1 400 /,
  ],
  slashes: [get("//api//v3/version"), /^HTTP\/1\.1 404 /],
  "a tunnel": ["CONNECT q.example:443 HTTP/1.1\r\nHost: x\r\n\r\n"],
  "an upgrade": [
    get("/api/v3/version", "Host: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"),
    /^HTTP\/1\.1 200 /,
  ],
  "an expectation": [get("/api/v3/version", "Host: x\r\nExpect: the worst\r\n"), /^HTTP\/1\.1 417 /],
  "a body that is announced": [
    post("/api/v3/login", "Expect: 100-continue\r\nContent-Length: 9\r\n\r\n"),
    /^HTTP\/1\.1 100 /,
  ],
  "a GET with a body": [
    get("/api/v3/version", "Host: x\r\nContent-Length: 2\r\n").replace("\r\n\r\n", "\r\n\r\n{}"),
    /^HTTP\/1\.1 200 /,
  ],
  "a method of another protocol": ["PROPFIND / HTTP/1.1\r\nHost: x\r\n\r\n", /^HTTP\/1\.1 404 /],
  "JSON that is deep": [
    post(
      "/api/v3/login",
      `Content-Type: application/json\r\nContent-Length: 200000\r\n\r\n${"[".repeat(200_000)}`,
    ),
    /^HTTP\/1\.1 400 /,
  ],
  "arguments that are deep": [
    post(
      "/_testing/act/user",
      `Content-Type: application/json\r\nContent-Length: 200000\r\n\r\n${"[".repeat(100_000)}${"]".repeat(100_000)}`,
    ),
    /^HTTP\/1\.1 400 /,
  ],
  "arguments that are none": [
    post("/_testing/act/suspend", "Content-Type: application/json\r\nContent-Length: 4\r\n\r\nnull"),
    /^HTTP\/1\.1 400 /,
  ],
  "a word that is none": [
    post("/_testing/act/constructor", "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n[]"),
    /^HTTP\/1\.1 400 /,
  ],
};

/** Sends what is broken, waits for the answer that is due, and goes away: politely, or not. */
async function play(port: number, [sent, answer]: readonly [string, RegExp?], rude: boolean): Promise<void> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  const closed = once(socket, "close");
  await once(socket, "connect");
  socket.write(sent, "latin1");
  if (answer) {
    const [first] = (await once(socket, "data")) as [Buffer];
    assert.match(first.toString(), answer);
  } else {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  if (rude) {
    socket.resetAndDestroy();
  } else {
    socket.destroy();
  }
  await closed;
}

test("nothing that a client sends ends the command", async (t) => {
  const command = spawn(process.execPath, [new URL("cli.js", dist).pathname]);
  const errors = text(command.stderr);
  try {
    const [line] = (await once(command.stdout.setEncoding("utf8"), "data")) as [string];
    const origin = /http:\/\/[\d.:]+/.exec(line)?.[0] ?? "";
    for (const [name, request] of Object.entries(broken)) {
      await t.test(name, async () => {
        await play(Number(new URL(origin).port), request, false);
        await play(Number(new URL(origin).port), request, true);
        assert.equal(await version(origin), "200");
        assert.equal(command.exitCode, null);
      });
    }
    await t.test("an answer that nobody waits for any more", async () => {
      const arrange = (args: string): Promise<Response> =>
        fetch(`${origin}/_testing/act/answer`, { method: "POST", headers: json, body: args });
      await arrange('[{"path":"/api/v3/users/me","status":200,"wait":200,"fill":1000000}]');
      await play(Number(new URL(origin).port), [get("/api/v3/users/me")], true);
      await new Promise((resolve) => setTimeout(resolve, 300));
      await arrange("[]");
      assert.equal(await version(origin), "200");
    });
  } finally {
    command.kill();
  }
  assert.equal(await errors, "");
});

for (const [type, status] of [
  ["application/json", 204],
  ["application/json; charset=utf-8", 204],
  ["application/json;charset=utf-8", 204],
  ["Application/JSON", 204],
  ["application/json ; a=b", 204],
  ["text/plain", 400],
  ["text/plain; application/json", 400],
  ["text/plain;charset=application/json", 400],
  ["application/json, text/plain", 400],
  ["application/jsonp", 400],
  ["application/x-www-form-urlencoded", 400],
  ["multipart/form-data; boundary=application/json", 400],
  ["", 400],
] as const) {
  test(`to arrange something with the type ${JSON.stringify(type)} is answered ${status}`, async () => {
    const address = `${server.origin}/_testing/act/suspend`;
    const init = { method: "POST", headers: { "Content-Type": type }, body: '["alice"]' };
    assert.equal((await fetch(address, init)).status, status);
  });
}

test("a page of another site's arranges nothing", async () => {
  const address = `${server.origin}/_testing/act/suspend`;
  const preflight = await fetch(address, {
    method: "OPTIONS",
    headers: {
      Origin: "https://evil.example",
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "content-type",
    },
  });
  assert.equal(preflight.ok, false);
  assert.equal(preflight.headers.get("Access-Control-Allow-Origin"), null);
  assert.equal((await fetch(address)).status, 400);
});

test("what is arranged by a request is arranged as act does it", async () => {
  const arrange = async (action: keyof Actions, args: unknown): Promise<string> => {
    const init = { method: "POST", headers: json, body: JSON.stringify(args) };
    const answer = await fetch(`${server.origin}/_testing/act/${action}`, init);
    return `${answer.status} ${await answer.text()}`;
  };
  assert.equal(await arrange("answer", [{ status: 503 }]), "204 ");
  assert.equal(await version(server.origin), "503");
  assert.equal(await arrange("answer", [null]), "204 ");
  assert.equal(await version(server.origin), "200");
  assert.match(await arrange("answer", [{ stauts: 503 }]), /^400 .*stauts/);
  assert.match(await arrange("suspend", { name: "alice" }), /^400 the body is a JSON array/);
  assert.equal(await arrange("suspend", ["alice"]), "204 ");
  const login = { method: "POST", headers: json, body: alice };
  assert.equal((await fetch(`${server.origin}/api/v3/login`, login)).status, 403);
  assert.equal(await arrange("reset", []), "204 ");
  assert.equal((await fetch(`${server.origin}/api/v3/login`, login)).status, 204);
});

test("a request for an absolute address is one for its path and query, at its host", async () => {
  const ask = async (path: string): Promise<IncomingMessage> => {
    const { hostname, port } = new URL(server.origin);
    const asked = send({ hostname, port, path, method: "GET", headers: { Host: "other.example" } }).end();
    const [answer] = (await once(asked, "response")) as [IncomingMessage];
    return answer.resume();
  };
  assert.equal((await ask("http://traq.example/api/v3/version?x=y")).statusCode, 200);
  assert.equal((await ask("HTTP://traq.example/_testing/act/reset")).statusCode, 400);
  const { location } = (await ask("http://traq.example/api/auth/oidc")).headers;
  assert.equal(new URL(location as string).origin, "http://traq.example");
});

test("an answer is sent as it is: compressed, redirecting, broken off", async () => {
  for (let i = 0; i < 40; i++) {
    server.act("session", "alice", "1h");
  }
  const login = await fetch(`${server.origin}/api/v3/login?redirect=/home`, {
    method: "POST",
    headers: json,
    body: alice,
    redirect: "manual",
  });
  assert.equal(login.headers.get("Location"), "/home");
  const Cookie = login.headers.getSetCookie()[0]?.split(";")[0] as string;
  const sessions = await fetch(`${server.origin}/api/v3/users/me/sessions`, { headers: { Cookie } });
  assert.equal(sessions.headers.get("Content-Encoding"), "gzip");
  assert.equal(((await sessions.json()) as unknown[]).length, 41);
  server.act("answer", { status: 200, body: "[1", break: true });
  const response = await fetch(`${server.origin}/api/v3/version`);
  assert.equal(response.status, 200);
  await assert.rejects(response.text(), TypeError);
  server.act("answer", { break: true });
  await assert.rejects(fetch(`${server.origin}/api/v3/version`), TypeError);
});

test("behind a page's proxy, a login at an external provider succeeds with the page's origin", async () => {
  const page = createServer((asked, answer) => {
    const headers = { ...asked.headers, host: new URL(behind.origin).host }; // as changeOrigin has it
    const { method, url: path } = asked;
    send(behind.origin, { method, path, headers } as object, (response: IncomingMessage) => {
      answer.writeHead(response.statusCode as number, response.headers);
      response.pipe(answer);
    }).end();
  });
  await new Promise<void>((resolve) => page.listen(0, "localhost", resolve));
  const origin = `http://localhost:${(page.address() as AddressInfo).port}`;
  const behind = await listen({ origin });
  try {
    behind.act("link", "alice", "oidc", "alice_ext");
    const jar = new Map<string, string>(); // a browser's, by host
    const open = async (url: string): Promise<Response> => {
      const { host } = new URL(url);
      const response = await fetch(url, { redirect: "manual", headers: { Cookie: jar.get(host) ?? "" } });
      for (const cookie of response.headers.getSetCookie()) {
        jar.set(host, cookie.split(";")[0] as string);
      }
      return response;
    };
    const provider = (await open(`${origin}/api/auth/oidc`)).headers.get("Location") as string;
    assert.equal(new URL(provider).origin, origin);
    const back = (await open(`${provider}&decision=approve&account=alice_ext`)).headers.get("Location");
    assert.equal(new URL(back as string).origin, origin);
    assert.equal((await open(back as string)).status, 302);
    const me = await open(`${origin}/api/v3/users/me`);
    assert.equal(((await me.json()) as { name: string }).name, "alice");
  } finally {
    await behind.close();
    page.closeAllConnections();
    page.close();
  }
});

test("what it cannot listen at is an error, and it is closed with what is open", async () => {
  const { port } = new URL(server.origin);
  await assert.rejects(listen({ port: Number(port) }), { code: "EADDRINUSE" });
  await assert.rejects(listen({ host: "" }), /the host is an address as 127\.0\.0\.1, not ""/);
  const other = await listen({ port: 0, host: "127.0.0.1" });
  other.act("answer", { status: 200, wait: 60_000 });
  const waiting = fetch(`${other.origin}/api/v3/version`);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await Promise.all([assert.rejects(waiting, TypeError), other.close()]);
  await assert.rejects(fetch(`${other.origin}/api/v3/version`), TypeError);
  assert.throws(() => other.act("reset"), /the server is closed/);
});
