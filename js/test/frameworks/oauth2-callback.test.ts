import { reset, returnFromServer, visit, went } from "./oauth2-page.ts"; // first
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { auth } from "./oauth2/auth.ts";
import { answerOpener, logInByPopup } from "./oauth2/popup.ts";
import { alice, consent, traq } from "./traq.ts";

let loads = 0;
/** Loads the page at redirectURI, and waits until it goes elsewhere or says why not. */
async function load(): Promise<void> {
  const { length } = went;
  await import(`./oauth2/callback.ts?${loads++}`);
  await until(() => went.length > length || document.body.textContent !== "");
}

beforeEach(async () => {
  await reset();
  document.body.textContent = "";
});

test("the callback's page signs in, and goes to where the login was begun", async () => {
  await returnFromServer("/settings?tab=2");
  await load();
  assert.deepEqual(auth.getSnapshot(), { status: "signed-in", user: alice });
  assert.deepEqual(went, ["https://app.example/settings?tab=2"]);
  assert.equal(location.href, "https://app.example/callback");
  assert.deepEqual(traq.requests, ["POST /api/v3/oauth2/token", "GET /api/v3/users/me"]);
});

test("the callback's page goes to the start where it is reloaded, or opened by itself", async () => {
  await returnFromServer();
  const { href } = location;
  await load();
  await load();
  visit(href); // by the back button
  await load();
  assert.deepEqual(went, Array(3).fill("https://app.example/"));
  assert.equal(document.body.textContent, "");
  assert.equal(auth.getSnapshot().status, "signed-in");
});

for (const [what, query, words] of [
  ["was denied", (state) => `error=access_denied&state=${state}`, /^You did not allow/],
  ["is forged", () => `code=c&state=${"s".repeat(43)}`, /^This answer does not belong/],
  ["has a wrong code", (state) => `code=c&state=${state}`, /^The sign-in took too long/],
] as readonly [string, (state: string) => string, RegExp][]) {
  test(`the callback's page says so in words where a login ${what}`, async () => {
    await returnFromServer();
    const state = new URL(location.href).searchParams.get("state") ?? "";
    visit(`/callback?${query(state)}`);
    await load();
    assert.deepEqual(went, []);
    assert.match(document.body.textContent, words);
    assert.equal(auth.getSnapshot().status, "signed-out");
  });
}

/** The popup that is opened: its name, where it is led to, and whether it is still there. */
function popups(
  t: { after: (end: () => void) => void },
  allowed = true,
): { name: string; url: string; closed: boolean; close: () => void } {
  const popup = {
    name: "",
    url: "",
    closed: false,
    close: () => (popup.closed = true),
    location: { assign: (url: string) => (popup.url = url) },
  };
  Object.assign(globalThis, { open: () => (allowed ? popup : null), close: popup.close });
  const { BroadcastChannel } = globalThis;
  const channels: BroadcastChannel[] = [];
  globalThis.BroadcastChannel = class extends BroadcastChannel {
    constructor(name: string) {
      super(name);
      channels.push(this);
    }
  };
  t.after(() => {
    for (const channel of channels) {
      channel.close(); // in a browser they end with the page
    }
    Object.assign(globalThis, { BroadcastChannel, open: undefined, close: undefined });
  });
  return popup;
}

/** Returns what answerOpener does on the page at redirectURI, in a window of a name. */
function answer(url: string, name: string): boolean {
  visit(consent(url));
  Object.assign(window, { name });
  try {
    return answerOpener();
  } finally {
    Object.assign(window, { name: "" });
  }
}

async function until(condition: () => boolean): Promise<void> {
  for (let tries = 0; !condition(); tries++) {
    assert.ok(tries < 200, condition.toString());
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

test("a popup answers to the page that has opened it, which signs in", async (t) => {
  const popup = popups(t);
  let answered = false;
  void logInByPopup().then(() => (answered = true)); // abandoned
  await until(() => popup.url !== "");
  popup.url = "";
  const login = logInByPopup();
  await until(() => popup.url !== "");
  assert.deepEqual(went, [], "the page stays where it is");

  assert.equal(answer(popup.url, popup.name), true);
  assert.equal(popup.closed, true);
  visit("/");
  assert.equal(await login, true);
  assert.deepEqual(auth.getSnapshot(), { status: "signed-in", user: alice });
  await new Promise((resolve) => setTimeout(resolve, 50));
  assert.equal(answered, false, "the first one has another channel");
});

test("a popup that the user closes ends the login", async (t) => {
  const popup = popups(t);
  const login = logInByPopup();
  await until(() => popup.url !== "");
  popup.close();
  assert.equal(await login, false);
  assert.deepEqual(went, []);
  assert.notEqual(auth.getSnapshot().status, "signed-in");
});

test("an answer counts that comes after the popup has closed", async (t) => {
  const popup = popups(t);
  const login = logInByPopup();
  await until(() => popup.url !== "");
  popup.close();
  await new Promise((resolve) => setTimeout(resolve, 500)); // it is noticed
  answer(popup.url, popup.name);
  visit("/");
  assert.equal(await login, true);
});

for (const name of ["", "another-popup"]) {
  test(`a window with ${name ? "another" : "no"} name completes its login itself, whoever has opened it`, async (t) => {
    const popup = popups(t);
    Object.assign(globalThis, { opener: {} });
    t.after(() => Object.assign(globalThis, { opener: undefined }));
    const { url } = await auth.login({ navigate: false, returnTo: "/settings" });
    assert.equal(answer(url, name), false);
    assert.equal(popup.closed, false);
    await load();
    assert.deepEqual(went, ["https://app.example/settings"]);
    assert.equal(auth.getSnapshot().status, "signed-in");
    Object.assign(window, { name });
    assert.equal(answerOpener(), false, "nor where it is opened by itself");
    Object.assign(window, { name: "" });
  });
}

test("a popup whose login is over completes the next one itself", async (t) => {
  const popup = popups(t);
  const login = logInByPopup();
  await until(() => popup.url !== "");
  const { url } = await auth.login({ navigate: false });
  assert.equal(answer(url, popup.name), false);
  popup.close();
  visit("/");
  assert.equal(await login, false);
});

test("a login that cannot begin closes its popup", async (t) => {
  const popup = popups(t);
  t.mock.method(auth, "login", () => Promise.reject(new Error("no login")));
  await assert.rejects(logInByPopup(), /no login/);
  assert.equal(popup.closed, true);
});

test("where a popup is blocked, the page itself leaves", async (t) => {
  popups(t, false);
  const login = logInByPopup();
  await until(() => went.length > 0);
  assert.equal(await login, false);
  assert.equal(answer(String(went.pop()), window.name), false);
  await load();
  assert.deepEqual(went, ["https://app.example/"]);
  assert.equal(auth.getSnapshot().status, "signed-in");
});
