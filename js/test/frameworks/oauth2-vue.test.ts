import { reset, returnFromServer, signIn } from "./oauth2-page.ts"; // first
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createApp, defineComponent, effectScope, h, onMounted, ref, watch } from "vue";
import { auth } from "./oauth2/auth.ts";
import { useAuth } from "./oauth2/vue.ts";

beforeEach(reset);

test("a scope follows who is signed in, until it is stopped", async () => {
  const scope = effectScope();
  const seen: string[] = [];
  const snapshot = scope.run(() => {
    const snapshot = useAuth();
    watch(snapshot, ({ status }) => seen.push(status), { immediate: true, flush: "sync" });
    return snapshot;
  });
  await signIn();
  assert.equal(snapshot?.value, auth.getSnapshot());
  await auth.logout();
  assert.deepEqual(seen, ["signed-out", "signed-in", "signed-out"]);
  scope.stop();
  await signIn();
  assert.equal(snapshot.value.status, "signed-out");
});

test("a callback's component completes the login, and another one shows who it is", async () => {
  await returnFromServer("/settings");
  const App = defineComponent(() => {
    const snapshot = useAuth();
    const returnTo = ref("…");
    onMounted(async () => {
      returnTo.value = (await auth.completeLogin())?.returnTo ?? "nowhere";
    });
    return () => h("p", `${snapshot.value.user?.displayName ?? snapshot.value.status} ${returnTo.value}`);
  });
  const root = document.createElement("div");
  const app = createApp(App);
  app.mount(root);
  assert.equal(root.textContent, "signed-out …");
  await auth.completeLogin(); // waits for the one that is under way
  await new Promise(setImmediate);
  assert.equal(root.textContent, "Alice https://app.example/settings");
  app.unmount();
});
