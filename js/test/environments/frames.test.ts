import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import { attempt } from "../e2e/client.ts";
import { useHarness } from "../e2e/harness.ts";

// A frame of the same origin has classes of its own: its AbortSignal is none
// of the page's by instanceof, and does all that one does.

const harness = useHarness();
beforeEach(() => harness.reset());

/** Gives a page with a frame in it, which scripts know as `theFrame`. */
async function framed(): Promise<Page> {
  const page = await harness.page();
  await page.evaluate(async () => {
    const frame = document.createElement("iframe");
    frame.src = "/_test/blank";
    const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
    document.body.append(frame);
    await loaded;
    Object.assign(globalThis, { theFrame: frame, theirs: frame.contentWindow });
  });
  return page;
}

declare const theFrame: HTMLIFrameElement;
declare const theirs: typeof globalThis;

test("a frame's signal ends a call with its reason, under way and beforehand", async () => {
  await harness.server.act("answer", { path: "/api/v3/version", status: 200, wait: 3_600_000 });
  const { value } = await attempt(await framed(), async ({ createAuthClient }) => {
    const auth = createAuthClient();
    const reason = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);
    const controller = new theirs.AbortController();
    const underWay = reason(auth.getServerInfo({ signal: controller.signal }));
    const mine = { mine: true };
    setTimeout(() => controller.abort(mine), 50);
    const plain = new theirs.AbortController();
    const early = reason(auth.getServerInfo({ signal: plain.signal }));
    plain.abort();
    return [
      (await underWay) === mine,
      (await early) === plain.signal.reason,
      (await reason(auth.getServerInfo({ signal: controller.signal }))) === mine,
      ((await reason(auth.getServerInfo({ signal: theirs.AbortSignal.timeout(20) }))) as Error).name,
    ];
  });
  assert.deepEqual(value, [true, true, true, "TimeoutError"]);
});

test("what is no signal is refused, and nothing is sent", async () => {
  const page = await framed();
  for (const signal of ["{}", "1", "'abort'", "[]", "() => {}", "{ aborted: false }", "new EventTarget()"]) {
    const { error } = await attempt(
      page,
      ({ createAuthClient }, signal) =>
        createAuthClient().getServerInfo({ signal: (0, eval)(`(${signal})`) as AbortSignal }),
      signal,
    );
    assert.equal(error?.["code"], "invalid_argument", signal);
  }
  assert.equal(await harness.server.requests(), 0);
});

test("a frame's URLs are addresses", async () => {
  const { value, error } = await attempt(await framed(), async ({ createAuthClient }) => {
    const at = (path: string): URL => new theirs.URL(path, location.href);
    const auth = createAuthClient({
      baseURL: at("/api/v3"),
      authURL: at("/api/auth"),
      allowedRedirectOrigins: [at("http://elsewhere.example/")],
    });
    await auth.login({ name: "alice", password: "password1234" });
    const { redirectTo } = await auth.logout({ redirect: at("http://elsewhere.example/bye") });
    const { url } = await auth.loginWith("oidc", { navigate: false, returnTo: at("/home") });
    return [redirectTo, new URL(url).pathname];
  });
  assert.deepEqual(value, ["http://elsewhere.example/bye", "/api/auth/oidc"], JSON.stringify(error));
});

test("a frame's modules, bytes, addresses and responses are modules", async () => {
  const { value, error } = await attempt(await framed(), async ({ createAuthClient }) => {
    const address = "/pkg/traq-auth.wasm";
    const bytes = await (await theirs.fetch(address)).arrayBuffer();
    const module = await theirs.WebAssembly.compile(bytes);
    const sources = [
      new theirs.URL(address, location.href),
      bytes,
      new theirs.Uint8Array(bytes),
      module,
      () => module,
      () => theirs.Promise.resolve(module),
      () => theirs.fetch(address),
      () => new theirs.Response(bytes),
      () => new theirs.Response(bytes, { headers: { "Content-Type": "application/wasm" } }),
    ];
    const versions = [];
    for (const wasm of sources) {
      versions.push(
        await createAuthClient({ wasm })
          .getServerInfo()
          .then(({ version }) => version, String),
      );
    }
    return versions;
  });
  assert.deepEqual(value, Array(9).fill("v3.28.4"), JSON.stringify(error));
});

test("a frame's fetch, storage, functions and texts do as options", async () => {
  const { value, error } = await attempt(await framed(), async ({ createAuthClient, isAuthError }) => {
    const auth = createAuthClient({
      fetch: theirs.fetch.bind(theirs),
      storage: theirs.localStorage,
      allowedRedirectOrigins: new theirs.Array("https://elsewhere.example"),
    });
    const failed: unknown = await auth
      .login({ name: "alice", password: "wrong" })
      .catch((error: unknown) => error);
    await auth.login(theirs.JSON.parse('{"name":"alice","password":"password1234"}') as never);
    const sessions = await auth.listSessions();
    await auth.logout();
    return [isAuthError(failed), sessions.length, sessions[0]?.issuedAt instanceof Date];
  });
  assert.deepEqual(value, [true, 1, true], JSON.stringify(error));
});

test("a client of a frame's is used by the page, and its errors are known", async () => {
  const { value, error } = await attempt(await framed(), async ({ isAuthError }) => {
    const { createAuthClient } = (await theirs.eval(
      'import("/pkg/index.js")',
    )) as typeof import("../../src/index.ts");
    const auth = createAuthClient();
    const failed: unknown = await auth
      .login({ name: "alice", password: "wrong" })
      .catch((error: unknown) => error);
    await auth.login({ name: "alice", password: "password1234" });
    const controller = new AbortController();
    controller.abort("enough");
    const aborted: unknown = await auth
      .listSessions({ signal: controller.signal })
      .catch((reason: unknown) => reason);
    return [failed instanceof Error, isAuthError(failed), aborted, (await auth.listSessions()).length];
  });
  assert.deepEqual(value, [false, true, "enough", 1], JSON.stringify(error));
});

test("what a frame has left behind when it is gone fails as documented, and harms no other client", async () => {
  const { value, error } = await attempt(await framed(), async ({ createAuthClient }) => {
    const { createAuthClient: createTheirs } = (await theirs.eval(
      'import("/pkg/index.js")',
    )) as typeof import("../../src/index.ts");
    const ours = createAuthClient();
    const left = createTheirs();
    await left.login({ name: "alice", password: "password1234" });
    left.subscribe(() => {});
    const { fetch, localStorage: storage } = theirs;
    const signal = new theirs.AbortController().signal;
    const wasm = await theirs.WebAssembly.compileStreaming(fetch("/pkg/traq-auth.wasm"));
    const baseURL = new theirs.URL("/api/v3", location.href);
    void left.listSessions().catch(() => {}); // whose realm ends before it does
    theFrame.remove();
    const code = (promise: Promise<unknown>): Promise<unknown> =>
      promise.then(
        () => "done",
        (error: unknown) => (error as { code: string }).code,
      );
    return [
      await code(ours.listSessions({ signal })),
      await code(createAuthClient({ wasm, baseURL, storage }).listSessions()),
      await code(createAuthClient({ fetch, retries: 0, timeout: 2000 }).listSessions()),
      await code(ours.logout()),
    ];
  });
  const gone = (value as string[])[2];
  assert.deepEqual(value, ["done", "done", gone, "done"], JSON.stringify(error));
  // By engine, it fails or never answers.
  assert.match(String(gone), /^(network_error|timeout)$/);
});
