import { reset, returnFromServer, signIn } from "./oauth2-page.ts"; // first
import assert from "node:assert/strict";
import { beforeEach, test, type TestContext } from "node:test";
import { act, createElement, type ReactNode, StrictMode, useEffect, useState } from "react";
import { createRoot, type Root } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { auth } from "./oauth2/auth.ts";
import { useAuth } from "./oauth2/react.ts";
import { traq } from "./traq.ts";

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

function Who(): ReactNode {
  const { status, user } = useAuth();
  return createElement("p", null, user ? user.displayName : status);
}

/** What the callback's effects were told, one after the other. */
const told: unknown[] = [];

function Callback(): ReactNode {
  const [returnTo, setReturnTo] = useState("…");
  useEffect(() => {
    void auth.completeLogin().then((completed) => {
      told.push(completed);
      setReturnTo(completed?.returnTo ?? "nowhere");
    });
  }, []);
  return createElement("p", null, returnTo);
}

const strictly = (component: () => ReactNode): ReactNode =>
  createElement(StrictMode, null, createElement(component));

async function render(t: TestContext, element: ReactNode): Promise<HTMLElement> {
  const root = document.createElement("div");
  document.body.replaceChildren(root);
  const react: Root = createRoot(root);
  act(() => react.render(element));
  await act(() => new Promise(setImmediate)); // what its effects have begun
  t.after(() => act(() => react.unmount()));
  return root;
}

beforeEach(async () => {
  await reset();
  told.length = 0;
});

test("in strict mode the callback's effect runs twice, and both are told the same", async (t) => {
  await returnFromServer("/settings");
  const root = await render(t, strictly(Callback));
  await act(() => auth.completeLogin());
  const completed = { returnTo: "https://app.example/settings" };
  assert.deepEqual(told, [completed, completed]);
  assert.equal(root.textContent, completed.returnTo);
  assert.equal(traq.requests.filter((request) => request.endsWith("/token")).length, 1);
});

test("a component follows a login, its end elsewhere, and a logout", async (t) => {
  const root = await render(t, strictly(Who));
  assert.equal(root.textContent, "signed-out");
  await act(signIn);
  assert.equal(root.textContent, "Alice");
  traq.tokens.clear(); // revoked at the server
  await act(() => auth.refresh());
  assert.equal(root.textContent, "signed-out");
  await act(signIn);
  await act(() => auth.logout());
  assert.equal(root.textContent, "signed-out");
  assert.equal(traq.tokens.size, 0);
});

test("a component is told of a logout that could not be sent, and the token is revoked later", async (t) => {
  const root = await render(t, strictly(Who));
  await act(signIn);
  traq.reachable = false;
  await act(() => assert.rejects(auth.logout(), { code: "network_error" }));
  assert.equal(root.textContent, "signed-out");
  assert.equal(traq.tokens.size, 1);
  traq.reachable = true;
  await act(() => auth.refresh());
  await act(() => auth.logout()); // waits for what is under way
  assert.equal(traq.tokens.size, 0);
});

test("a server renders that it is unknown", async () => {
  await signIn();
  assert.equal(renderToString(strictly(Who)), "<p>unknown</p>");
});
