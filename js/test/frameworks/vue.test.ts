import "./page.ts"; // first
import assert from "node:assert/strict";
import { beforeEach, test, type TestContext } from "node:test";
import {
  createApp,
  createSSRApp,
  defineComponent,
  effectScope,
  h,
  nextTick,
  onMounted,
  onScopeDispose,
  shallowRef,
  watch,
} from "vue";
import { renderToString } from "vue/server-renderer";
import { auth } from "./auth.ts";
import { credentials, traq } from "./traq.ts";
import { useAuth } from "./vue.ts";

const Who = defineComponent(() => {
  const auth = useAuth();
  return () => h("p", auth.value.user?.displayName ?? auth.value.status);
});

/** Fails where Vue warns. */
function quiet(t: TestContext): () => void {
  const { mock } = t.mock.method(console, "warn");
  return () =>
    assert.deepEqual(
      mock.calls.map((call) => call.arguments),
      [],
    );
}

beforeEach(async () => {
  traq.signedIn = false;
  await auth.refresh();
});

test("a scope follows who is signed in, until it is stopped", async (t) => {
  const assertQuiet = quiet(t);
  const scope = effectScope();
  const seen: string[] = [];
  const snapshot = scope.run(() => {
    const snapshot = useAuth();
    watch(snapshot, ({ status }) => seen.push(status), { immediate: true, flush: "sync" });
    return snapshot;
  });
  assert.equal(snapshot?.value, auth.getSnapshot());
  await auth.login(credentials);
  assert.equal(snapshot.value, auth.getSnapshot());
  await auth.refresh();
  await auth.logout();
  assert.deepEqual(seen, ["signed-out", "signed-in", "signed-out"]);
  scope.stop();
  await auth.login(credentials);
  assert.equal(snapshot.value.status, "signed-out");
  assertQuiet();
});

test("a component follows who is signed in", async (t) => {
  const assertQuiet = quiet(t);
  const root = document.createElement("div");
  const app = createApp(Who);
  app.mount(root);
  assert.equal(root.textContent, "signed-out");
  await auth.login(credentials);
  await nextTick();
  assert.equal(root.textContent, "Alice");
  await auth.logout();
  await nextTick();
  assert.equal(root.textContent, "signed-out");
  app.unmount();
  assertQuiet();
});

test("a component that subscribes when it is mounted can be rendered on a server", async (t) => {
  const assertQuiet = quiet(t);
  let subscribed = 0;
  const Who = defineComponent(() => {
    const snapshot = shallowRef(auth.getServerSnapshot());
    onMounted(() => {
      subscribed++;
      onScopeDispose(auth.subscribe((now) => (snapshot.value = now)));
      onScopeDispose(() => subscribed--);
    });
    return () => h("p", snapshot.value.user?.displayName ?? snapshot.value.status);
  });
  await auth.login(credentials);
  const html = await renderToString(createSSRApp(Who));
  assert.equal(html, "<p>unknown</p>");
  assert.equal(subscribed, 0);

  const root = document.createElement("div");
  root.innerHTML = html;
  const app = createSSRApp(Who);
  app.mount(root);
  await nextTick();
  assert.equal(root.textContent, "Alice");
  assert.equal(subscribed, 1);
  app.unmount();
  assert.equal(subscribed, 0);
  assertQuiet();
});
