import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { createInterface } from "node:readline/promises";
import { listen } from "../packaging/running.ts";
import { command, path, project, template, testing, testingTarball } from "./projects.ts";

// The tarball that is published, in the test runners of people: no Go is there.

const js = new URL("../../", import.meta.url).pathname;

test("the tarball is what tools expect of one, and its types are right however they resolve", () => {
  for (const [tool, ...args] of [
    ["publint", testingTarball, "--strict"],
    ["attw", testingTarball],
  ] as const) {
    const { status, stdout } = spawnSync(join(js, "node_modules/.bin", tool), args, {
      cwd: testing,
      encoding: "utf8",
    });
    assert.equal(status, 0, stdout);
  }
});

let vitest: string | undefined;
// With what docs/servers-and-edges.md has a server do, which docs/testing.md tests.
const withVitest = (): string =>
  (vitest ??= project("vitest", template("vitest"), join(js, "test/docs/servers")));

test("Vitest runs it in Node, jsdom and happy-dom, and MSW has it behind one handler", () => {
  const { status, output } = command(withVitest(), ["vitest", "run"]);
  assert.equal(status, 0, output);
  assert.match(output, /Tests +29 passed \(29\)/);
});

test("Jest requires it in Node and jsdom, and imports it", () => {
  const { status, output } = command(project("jest"), ["jest", "--ci"]);
  assert.equal(status, 0, output);
  assert.match(output, /Tests: +6 passed, 6 total/);
});

test("Playwright has it answer what a page requests", async () => {
  const { origin, close } = await listen(createServer());
  await close(); // its port is free
  const { status, output } = command(project("playwright"), ["playwright", "test"], {
    PATH: `${path}:${process.env["PATH"] ?? ""}`, // a browser may be a script
    PORT: new URL(origin).port,
    CHROMIUM: execFileSync(`${js}../tools/headless-shell.sh`, { encoding: "utf8" }).trim(),
  });
  assert.equal(status, 0, output);
  assert.match(output, /1 passed/);
});

for (const [script, says] of [
  ["script.js", /^traQ in memory: http:\/\/127\.0\.0\.1:\d+\/api\/v3\n/],
  ["listen.js", /^http:\/\/127\.0\.0\.1:\d+\/api\/v3\n$/],
] as const) {
  test(`a script starts a server, as the guide has it, and ends it (${script})`, () => {
    const { status, stdout, stderr } = spawnSync("node", [script], {
      cwd: withVitest(),
      encoding: "utf8",
      timeout: 60_000,
    });
    assert.match(stdout, says, stderr);
    assert.equal(status, 0, stderr);
  });
}

test("npx starts a server, which is arranged by its words and says in a sentence what is wrong", async () => {
  const folder = withVitest();
  const command = join(folder, "node_modules/.bin/traq-auth-testing"); // as npx finds it
  const options = { cwd: folder, env: { ...process.env, PATH: path } };
  const server = spawn(command, ["--port", "0"], options);
  try {
    const { value: line } = (await createInterface(server.stdout)[Symbol.asyncIterator]().next()) as {
      value: string;
    };
    const [, origin = ""] = /^traQ in memory: (http:\/\/127\.0\.0\.1:\d+)\/api\/v3$/.exec(line) ?? [];
    assert.notEqual(origin, "", line);
    const json = { "Content-Type": "application/json" };
    const login = (query = ""): Promise<Response> =>
      fetch(`${origin}/api/v3/login${query}`, {
        method: "POST",
        headers: json,
        body: '{"name":"alice","password":"password1234"}',
        redirect: "manual",
      });
    const redirected = await login("?redirect=/home");
    assert.equal(redirected.status, 302);
    assert.equal(redirected.headers.get("Location"), "/home");
    const cookie = (redirected.headers.getSetCookie()[0] as string).split(";")[0] as string;
    assert.equal((await fetch(`${origin}/api/v3/users/me`, { headers: { Cookie: cookie } })).status, 200);
    const arrange = (action: string, args: string, headers: HeadersInit = json): Promise<Response> =>
      fetch(`${origin}/_testing/act/${action}`, { method: "POST", headers, body: args });
    assert.equal((await arrange("suspend", '["alice"]')).status, 204);
    assert.equal((await login()).status, 403);
    const refused = await arrange("suspend", '["nobody"]');
    assert.equal(refused.status, 400);
    assert.match(await refused.text(), /no user nobody/);
    assert.equal((await arrange("activate", '["alice"]', { "Content-Type": "text/plain" })).status, 400);
    await arrange("answer", '[{"break":true,"times":1}]');
    await assert.rejects(login());
    const { port } = new URL(origin);
    for (const [args, said] of [
      [["--help"], /npx traq-auth-testing \[--port 8080\]/],
      [["--origin", "q.example"], /the origin is one as http:\/\/localhost:5173, not "q\.example"/],
      [["--origin", "ftp://q.example"], /the origin is one as/],
      [["--port", "http"], /the port is a number from 0 to 65535, not "http"/],
      [["--host", ""], /the host is an address as 127\.0\.0\.1, not ""/],
      [["--port", port], /something else listens on that port already/],
      [["3000"], /there is no argument "3000"; the port is given as --port 8080/],
      [["--prot", "1"], /Unknown option '--prot'/],
    ] as const) {
      const { status, stdout, stderr } = spawnSync(command, args, { ...options, encoding: "utf8" });
      assert.match(stdout + stderr, said);
      assert.equal(status, args[0] === "--help" ? 0 : 1);
      assert.doesNotMatch(stderr, /\n {4}at /);
    }
  } finally {
    server.kill();
    await once(server, "exit");
  }
});

test("the example's application is tested with it, in Vitest and happy-dom", () => {
  const folder = project("app-tests", join(js, "../example/app-tests"));
  const { status, output } = command(folder, ["vitest", "run"]);
  assert.equal(status, 0, output);
  assert.match(output, /Tests +6 passed \(6\)/);
});
