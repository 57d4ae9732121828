import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import { useHarness } from "./harness.ts";
import * as app from "./oauth2.ts";
import { waitFor } from "./wait.ts";

// Signing in by OAuth2, with the page and the server on two origins.

const harness = useHarness();
beforeEach(() => harness.reset());

const status = async (page: Page, options?: app.Options): Promise<unknown> =>
  ((await app.on(page, harness, ".refresh()", options)).value as { status: string }).status;

test("a login on the way and consent lead to a token, and the address is clean", async () => {
  const page = await app.openApp(harness);
  assert.deepEqual(await app.signIn(page, harness), { value: { returnTo: null } });
  assert.equal(await app.address(page), app.redirectURI(harness));
  assert.equal(await page.evaluate("history.length > 1 && document.referrer.includes('code=')"), false);
  const snapshot = (await app.on(page, harness, ".getSnapshot()")).value as { user: { name: string } };
  assert.equal(snapshot.user.name, "alice", "it is known who it is when completeLogin returns");
  assert.match(String((await app.on(page, harness, ".getAccessToken()")).value), /^[\w-]{20,}$/);
});

test("whoever is signed in at the server is asked for consent alone", async () => {
  const page = await app.openApp(harness);
  await app.follow(page, await app.start(page, harness));
  await page.goto(app.redirectURI(harness)); // abandoned
  await page.goto(await app.start(page, harness));
  assert.match(await app.address(page), /\/consent/);
  await app.press(page, "Allow");
  assert.deepEqual(await app.on(page, harness, ".completeLogin()"), { value: { returnTo: null } });
});

test("a denial is access_denied, once", async () => {
  const page = await app.openApp(harness);
  await app.follow(page, await app.start(page, harness));
  await app.press(page, "Deny");
  assert.equal(await app.code(page, harness, ".completeLogin()"), "access_denied");
  assert.equal(await app.address(page), app.redirectURI(harness));
  assert.equal(await app.code(page, harness, ".completeLogin()"), null);
  assert.equal(await status(page), "signed-out");
});

test('prompt: "none" in its three outcomes', async () => {
  const page = await app.openApp(harness);
  await page.goto(await app.start(page, harness, { prompt: "none" }));
  assert.equal(await app.code(page, harness, ".completeLogin()"), "login_required");

  await app.follow(page, await app.start(page, harness));
  await page.goto(app.redirectURI(harness));
  await page.goto(await app.start(page, harness, { prompt: "none" }));
  assert.equal(await app.code(page, harness, ".completeLogin()"), "consent_required");

  await app.signIn(page, harness);
  await page.goto(await app.start(page, harness, { prompt: "none", returnTo: "/inbox" }));
  assert.deepEqual(await app.code(page, harness, ".completeLogin()"), {
    returnTo: `${harness.server.other}/inbox`,
  });
  assert.equal(await status(page), "signed-in");
});

test("what is wrong with a login is said before anything is sent or stored", async () => {
  const page = await app.openApp(harness);
  const requests = await harness.server.requests();
  for (const [options, login, code] of [
    [{}, { prompt: "login" }, "invalid_argument"],
    [{}, { prompt: 1 }, "invalid_argument"],
    [{}, { navigate: "no" }, "invalid_argument"],
    [{}, { returnTo: "https://evil.example/" }, "unsafe_redirect"],
    [{}, { returnTo: "//evil.example/" }, "unsafe_redirect"],
    [{}, { returnTo: "javascript:alert(1)" }, "unsafe_redirect"],
    [{ redirectURI: "ftp://app.example/" }, {}, "invalid_argument"],
    [{ redirectURI: "https://app.example/#x" }, {}, "invalid_argument"],
    [{ scope: [] }, {}, "invalid_argument"],
    [{ scope: ['re"ad'] }, {}, "invalid_argument"],
    [{ clientId: "á" }, {}, "invalid_argument"],
  ] as const) {
    const expression = `.login(${JSON.stringify({ navigate: false, ...login })})`;
    assert.equal(await app.code(page, harness, expression, options), code, JSON.stringify([options, login]));
  }
  for (const [options, name] of [
    ["{ clientId: 'c' }", "baseURL"],
    ["{ baseURL: 'https://q.example/api/v3' }", "clientId"],
    ["{ baseURL: 'https://q.example/api/v3', clientId: 1 }", "clientId"],
    ["{ baseURL: 'https://q.example/api/v3', clientId: 'c', scope: 'read' }", "scope"],
    ["{ baseURL: 'https://q.example/api/v3', clientId: 'c', redirectURI: 1 }", "redirectURI"],
    ["{ baseURL: 'https://q.example/api/v3', clientId: 'c', timeout: -1 }", "timeout"],
    ["undefined", "baseURL"],
  ] as const) {
    const { message } = (await page.evaluate(`import("/pkg/oauth2.js").then(({ createOAuth2Client }) => {
      try { createOAuth2Client(${options}); } catch (error) { return { message: error.message }; }
      return { message: "" };
    })`)) as { message: string };
    assert.match(message, new RegExp(`^createOAuth2Client: ${name}`), options);
  }
  assert.equal(await harness.server.requests(), requests);
  assert.equal(await app.stored(page), "[{},{}]");
});

test("where there is no WebCrypto, a login is secure_context_required", async () => {
  const page = await app.openApp(harness);
  await page.evaluate("Object.defineProperty(crypto, 'subtle', { value: undefined })");
  const { error } = await app.on(page, harness, ".login({ navigate: false })");
  assert.equal(error?.["code"], "secure_context_required");
  assert.match(String(error["message"]), /https/);
});

test("where there is no page, completeLogin is browser_required, and an address will do", async () => {
  const page = await app.openApp(harness);
  const url = await app.consent(page, harness);
  const outcome = await page.evaluate(
    (url, baseURL, origin) => {
      const source = `
        import { createOAuth2Client } from "${origin}/pkg/oauth2.js";
        const app = createOAuth2Client({ baseURL: "${baseURL}", clientId: "the-app", redirectURI: "${origin}/_test/blank" });
        const code = (promise) => promise.then(String, (error) => error.code);
        postMessage([await code(app.completeLogin()), await code(app.completeLogin("${url}")), await code(app.login())]);`;
      const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })), {
        type: "module",
      });
      return new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)));
    },
    url,
    `${harness.server.origin}/api/v3`,
    harness.server.other,
  );
  assert.deepEqual(outcome, ["null", "login_not_started", "browser_required"]);
});

test("a callback is completed once, however often it is looked at", async () => {
  const page = await app.openApp(harness);
  const url = await app.consent(page, harness, { returnTo: "/inbox" });
  const returned = { returnTo: `${harness.server.other}/inbox` };
  assert.deepEqual(await app.code(page, harness, ".completeLogin()"), returned);
  assert.equal(await app.code(page, harness, ".completeLogin()"), null, "reloaded");
  for (const again of ["the address once more", "in a new document"]) {
    await page.goto(url);
    assert.equal(await app.code(page, harness, ".completeLogin()"), null, again);
    assert.equal(await app.address(page), app.redirectURI(harness));
    assert.equal(await status(page), "signed-in");
  }
  await app.on(page, harness, ".logout()");
  await page.goto(url);
  assert.equal(await app.code(page, harness, ".completeLogin()"), "login_not_started", "nobody is signed in");
});

test("two effects at once get the same answer", async () => {
  const page = await app.openApp(harness);
  await app.consent(page, harness, { returnTo: "/inbox" });
  const returned = { returnTo: `${harness.server.other}/inbox` };
  const { value } = await app.using(
    page,
    harness,
    `async (app) => {
      const first = app.completeLogin();
      const later = new Promise((resolve) => setTimeout(() => resolve(app.completeLogin()), 0));
      return Promise.all([first, app.completeLogin(), later]);
    }`,
  );
  assert.deepEqual(value, [returned, returned, returned]);
});

test("a callback of another tab, of another client or of nobody's is refused, and changes nothing", async () => {
  const page = await app.openApp(harness);
  await app.signIn(page, harness);
  const url = await app.consent(page, harness); // and not completed yet
  const before = await app.stored(page);
  const tab = await app.openTab(page, harness);
  await tab.evaluate("sessionStorage.clear()"); // as one has that was opened by hand
  await tab.goto(url);
  assert.equal(await app.code(tab, harness, ".completeLogin()"), "login_not_started", "another tab");
  await app.start(tab, harness);
  const theirs = await app.stored(tab);
  await tab.goto(url);
  assert.equal(await app.code(tab, harness, ".completeLogin()"), "state_mismatch", "with one of its own");
  assert.equal(await app.stored(tab), theirs);

  const state = String(new URL(url).searchParams.get("state"));
  const other = (state.startsWith("A") ? "B" : "A") + state.slice(1);
  for (const [query, code] of [
    [`code=stolen&state=${other}`, "state_mismatch"],
    [`error=access_denied&state=${other}`, "state_mismatch"],
    ["code=stolen", "state_mismatch"],
    ["error=access_denied", "state_mismatch"],
    [`code=stolen&state=`, "state_mismatch"],
    [`code=stolen&state=${"a".repeat(10_000)}`, "state_mismatch"],
    [`code=stolen&state=${encodeURIComponent('{"__proto__":1}')}`, "state_mismatch"],
    ["q=1&page=2", null],
    ["state=only", null],
  ] as const) {
    const forged = JSON.stringify(`${app.redirectURI(harness)}?${query}`);
    assert.equal(await app.code(page, harness, `.completeLogin(${forged})`), code, query);
    assert.equal(await app.stored(page), before, query);
  }
  assert.equal(
    await app.code(page, harness, ".completeLogin()", { clientId: "another" }),
    "login_not_started",
  );
  assert.equal(await app.stored(page), before);
  assert.equal(await status(page), "signed-in", "who was signed in still is");
  assert.deepEqual(await app.code(page, harness, `.completeLogin(${JSON.stringify(url)})`), {
    returnTo: null,
  });
});

test("a callback at another path than the redirectURI's is none", async () => {
  const page = await app.openApp(harness);
  const url = await app.consent(page, harness);
  for (const elsewhere of [
    url.replace("/_test/blank", "/_test/blank/"),
    url.replace("/_test/blank", "/"),
    url.replace("localhost", "127.0.0.1"),
  ]) {
    assert.equal(await app.code(page, harness, `.completeLogin(${JSON.stringify(elsewhere)})`), null);
  }
  assert.deepEqual(await app.code(page, harness, ".completeLogin()"), { returnTo: null });
});

test("what else is in the address and in the history's state stays there", async () => {
  const page = await app.openApp(harness);
  const url = await app.consent(page, harness);
  await page.evaluate(`history.replaceState({ scroll: 7 }, "", ${JSON.stringify(`${url}&tab=2#top`)})`);
  assert.deepEqual(await app.code(page, harness, ".completeLogin()"), { returnTo: null });
  assert.equal(await app.address(page), `${app.redirectURI(harness)}?tab=2#top`);
  assert.deepEqual(await page.evaluate("history.state"), { scroll: 7 });
});

test("a login counts for ten minutes", async () => {
  for (const [minutes, expected] of [
    [9, { returnTo: null }],
    [11, "login_not_started"],
    [-11, "login_not_started"],
  ] as const) {
    const page = await app.openApp(harness);
    await app.consent(page, harness);
    await app.pass(page, minutes * 60_000);
    assert.deepEqual(await app.code(page, harness, ".completeLogin()"), expected, `${minutes} minutes`);
    await harness.reset();
  }
});

test("a code that has expired at the server is invalid_grant", async () => {
  const page = await app.openApp(harness);
  const url = await app.consent(page, harness);
  await page.evaluate(
    `history.replaceState(null, "", ${JSON.stringify(url.replace(/code=[^&]+/, "code=another"))})`,
  );
  assert.equal(await app.code(page, harness, ".completeLogin()"), "invalid_grant");
  assert.equal(await status(page), "signed-out");
  assert.equal(await app.stored(page), "[{},{}]");
});

test("a client that the server does not know is told so by the server's own page", async () => {
  const page = await app.openApp(harness);
  await page.goto(await app.start(page, harness, {}, { clientId: "nobody" }));
  assert.ok((await app.address(page)).startsWith(harness.server.origin));
});

test("a scope that the client has not is invalid_scope, on return", async () => {
  const page = await app.openApp(harness);
  await page.goto(await app.start(page, harness, {}, { scope: ["write"] }));
  assert.equal(await app.code(page, harness, ".completeLogin()", { scope: ["write"] }), "invalid_scope");
});

test("the scope profile is enough to know who it is", async () => {
  const page = await app.openApp(harness, ["openid", "profile"]);
  const options = { scope: ["openid", "profile"] };
  assert.deepEqual(await app.signIn(page, harness, options), { value: { returnTo: null } });
  const { value } = await app.on(page, harness, ".getUser()", options);
  assert.equal((value as { name: string }).name, "alice");
});

test("a login in the place of another revokes the other's token", async () => {
  const page = await app.openApp(harness);
  await app.signIn(page, harness);
  const { value: first } = await app.on(page, harness, ".getAccessToken()");
  await app.signIn(page, harness);
  const ask = (token: unknown): Promise<unknown> =>
    page.evaluate(
      async (url, token) => (await fetch(url, { headers: { Authorization: `Bearer ${token}` } })).status,
      `${harness.server.origin}/api/v3/users/me`,
      String(token),
    );
  await waitFor(
    page,
    "!sessionStorage.getItem(Object.keys(sessionStorage).find((key) => key.includes(':revoke:')))",
  );
  assert.equal(await ask(first), 401);
  assert.equal(await ask((await app.on(page, harness, ".getAccessToken()")).value), 200);
});
