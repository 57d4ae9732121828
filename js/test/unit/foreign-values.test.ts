import assert from "node:assert/strict";
import { test, type TestContext } from "node:test";
import { createAuthClient } from "../../src/client.ts";
import { isAuthError } from "../../src/errors.ts";
import { describe } from "../../src/messages.ts";
import type { AuthClientOptions } from "../../src/option-types.ts";
import { environment } from "./environment.ts";
import { codeOf, credentials, Server } from "./traq.ts";

// What a page has put in the place of a global, what its fetch wraps, and values that throw where they are looked at.

/** A page of this origin. */
const openPage = (t: TestContext, origin: string): void =>
  environment(t, { location: { href: `${origin}/page`, origin } });

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

const hangs = (): Promise<never> => new Promise(() => undefined);

// HTML lets any script replace it: https://html.spec.whatwg.org/multipage/webappapis.html#dom-origin
for (const origin of ["https://evil.example", "Tokyo", "", { lat: 1 }, 7, undefined]) {
  test(`a page's var origin = ${JSON.stringify(origin)} is not its origin`, async (t) => {
    openPage(t, "https://q.example");
    environment(t, { origin });
    const server = new Server();
    const auth = server.client({ retries: 0 });
    const refused = auth.loginWith("oidc", { navigate: false, returnTo: "https://evil.example/x" });
    assert.equal(await codeOf(refused), "unsafe_redirect");
    assert.equal(await codeOf(auth.loginWith("oidc", { navigate: false, returnTo: "/x" })), undefined);
    server.requests.length = 0;
    server.reachable = false;
    assert.equal(await codeOf(auth.login(credentials)), "network_error"); // not cross_origin_blocked
    assert.deepEqual(server.requests, ["POST /login"]);
  });
}

for (const performance of [{ score: 5 }, 7, ""]) {
  test(`a page's var performance = ${JSON.stringify(performance)} ends no call`, async (t) => {
    environment(t, { performance });
    const server = new Server();
    assert.equal(await codeOf(server.client().login(credentials)), undefined);
    assert.equal(
      await codeOf(server.client({ fetch: hangs }).login(credentials, { timeout: 20 })),
      "timeout",
    );
  });
}

test("a listener that throws harms nobody, whatever the page's reportError is", async (t) => {
  environment(t, { reportError: { of: "the page's own" } });
  const auth = new Server().client();
  let told = 0;
  auth.subscribe(() => {
    if (told++) {
      throw new Error("the listener's");
    }
  });
  assert.equal(await codeOf(auth.login(credentials)), undefined);
  assert.ok(told > 1);
});

const wrappers: Readonly<Record<string, (fetch: Server["fetch"]) => typeof fetch>> = {
  "looks for members by Object's methods": (fetch) => (url, options) =>
    fetch(url, options?.hasOwnProperty("headers") ? options : { ...options, headers: {} }),
  "writes what it is given into a log": (fetch) => (url, options) => {
    assert.match([url, options].join(" "), /^https:/);
    return fetch(url, options);
  },
};

for (const [does, wrap] of Object.entries(wrappers)) {
  test(`a fetch that ${does} is one`, async () => {
    const server = new Server();
    const fetch = wrap(server.fetch) as typeof globalThis.fetch;
    assert.equal(await codeOf(server.client({ fetch }).login(credentials)), undefined);
  });
}

test("a signal that throws where it is listened to is refused before anything is sent", async () => {
  const server = new Server();
  const signal = {
    aborted: false,
    addEventListener: () => void revoked().valueOf(),
  } as unknown as AbortSignal;
  assert.equal(await codeOf(server.client().login(credentials, { signal })), "invalid_argument");
  assert.deepEqual(server.requests, []);
});

test("a signal that is never left is one", async () => {
  const signal = { aborted: false, addEventListener: () => undefined } as unknown as AbortSignal;
  assert.equal(await codeOf(new Server().client().login(credentials, { signal })), undefined);
});

for (const [what, wasm] of [
  ["throws where it is looked at", revoked()],
  [
    "has an address that throws",
    {
      get href(): string {
        throw new Error("no");
      },
    },
  ],
] as const) {
  test(`an option wasm that ${what} is refused at once`, () => {
    const options: AuthClientOptions = { baseURL: "https://q.example", wasm };
    assert.throws(() => createAuthClient(options), { code: "invalid_argument" });
  });
}

test("what throws where it is looked at is no AuthError, and has general words", () => {
  assert.equal(isAuthError(revoked()), false);
  assert.match(describe(revoked(), "en"), /^Something/);
});

test("an abort's reason is told unchanged, whatever it is", async () => {
  for (const reason of [revoked(), null, "", 0, Object.create(null)]) {
    const controller = new AbortController();
    const call = new Server()
      .client({ fetch: hangs })
      .login(credentials, { signal: controller.signal })
      .then(
        () => false,
        (error: unknown) => error === reason,
      );
    await new Promise((resolve) => setTimeout(resolve, 10));
    controller.abort(reason);
    assert.equal(await call, true);
  }
});

test("a BroadcastChannel that cannot be closed keeps no call", async (t) => {
  openPage(t, "https://q.example");
  class Channel {
    postMessage(): void {}
    close(): never {
      throw new Error("no");
    }
  }
  environment(t, { BroadcastChannel: Channel });
  const auth = new Server().client({ fetch: hangs });
  auth.subscribe(() => {});
  const call = codeOf(auth.getUser());
  assert.throws(() => auth.dispose(), /no/);
  assert.equal(await call, "disposed");
});
