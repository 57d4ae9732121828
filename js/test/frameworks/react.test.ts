import { window } from "./page.ts"; // first
import assert from "node:assert/strict";
import { beforeEach, test, type TestContext } from "node:test";
import { act, createElement, type ReactNode, StrictMode } from "react";
import { createRoot, hydrateRoot, type Root } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { auth } from "./auth.ts";
import { useAuth } from "./react.ts";
import { credentials, traq } from "./traq.ts";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

let renders = 0;

function Who(): ReactNode {
  const { status, user } = useAuth();
  renders++;
  return createElement("p", null, user ? user.displayName : status);
}

const who = createElement(Who);
const strictly = createElement(StrictMode, null, who);

function page(html = ""): { root: HTMLElement; text: () => string | null } {
  const root = document.createElement("div");
  root.innerHTML = html;
  document.body.replaceChildren(root);
  return { root, text: () => root.textContent };
}

/** Fails where React warns or gives up a server's rendering. */
function quiet(t: TestContext): () => void {
  const error = t.mock.method(console, "error");
  const warn = t.mock.method(console, "warn");
  return () => {
    const said = [...error.mock.calls, ...warn.mock.calls].map((call) => call.arguments);
    assert.deepEqual(said, []);
  };
}

beforeEach(async () => {
  Object.assign(traq, { signedIn: false, reachable: true });
  await auth.refresh();
  renders = 0;
});

for (const [name, element] of [
  ["a component", who],
  ["a component in strict mode", strictly],
] as const) {
  test(`${name} follows who is signed in`, async (t) => {
    const assertQuiet = quiet(t);
    const { root, text } = page();
    const react = createRoot(root);
    act(() => react.render(element));
    assert.equal(text(), "signed-out");
    await act(() => auth.login(credentials));
    assert.equal(text(), "Alice");
    const before = renders;
    await act(() => auth.refresh());
    assert.equal(renders, before, "nothing has changed");
    await act(() => auth.logout());
    assert.equal(text(), "signed-out");
    assert.ok(renders <= 10, `${renders} renders`);

    act(() => react.unmount());
    const last = renders;
    await auth.login(credentials);
    assert.equal(renders, last);
    assertQuiet();
  });
}

test("two components are told the same", async () => {
  const { root, text } = page();
  const react = createRoot(root);
  act(() => react.render([createElement(Who, { key: 1 }), createElement(Who, { key: 2 })]));
  await act(() => auth.login(credentials));
  assert.equal(text(), "AliceAlice");
  act(() => react.unmount());
});

test("a component is told of a logout that could not be sent, and it is sent later", async () => {
  const { root, text } = page();
  const react = createRoot(root);
  act(() => react.render(who));
  await act(() => auth.login(credentials));
  traq.reachable = false;
  await act(() => assert.rejects(auth.logout(), { code: "network_error", retryable: true }));
  assert.equal(text(), "signed-out");
  traq.reachable = true;
  traq.requests = [];
  await act(() => auth.refresh());
  const me = "GET /api/v3/users/me"; // whose session it is, then who is left
  assert.deepEqual(traq.requests, [me, "POST /api/v3/logout", me]);
  assert.equal(text(), "signed-out");
  act(() => react.unmount());
});

test("a page that is looked at again asks the server, while a component is there", async () => {
  const { root, text } = page();
  const react = createRoot(root);
  act(() => react.render(who));
  await act(() => auth.login(credentials));
  traq.signedIn = false; // ended elsewhere
  await act(async () => {
    window.dispatchEvent(new window.Event("focus"));
    await auth.refresh();
  });
  assert.equal(text(), "signed-out");

  act(() => react.unmount());
  traq.requests = [];
  window.dispatchEvent(new window.Event("focus"));
  await new Promise(setImmediate);
  assert.deepEqual(traq.requests, []);
});

test("a server renders that it is unknown, and a page takes that over", async (t) => {
  const assertQuiet = quiet(t);
  await auth.login(credentials);
  const html = renderToString(strictly);
  assert.equal(html, "<p>unknown</p>");

  const { root, text } = page(html);
  const rendered = root.firstChild;
  const recovered: unknown[] = [];
  let react: Root | undefined;
  act(() => {
    react = hydrateRoot(root, strictly, { onRecoverableError: (error) => recovered.push(error) });
  });
  assert.equal(text(), "Alice");
  assert.equal(root.firstChild, rendered, "the server's element is kept");
  assert.deepEqual(recovered, []);
  await act(() => auth.logout());
  assert.equal(text(), "signed-out");
  act(() => react?.unmount());
  assertQuiet();
});
