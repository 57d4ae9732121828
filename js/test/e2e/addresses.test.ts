import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { attempt } from "./client.ts";
import { useHarness } from "./harness.ts";

// Where requests go, whatever is put into the page.

const harness = useHarness();
beforeEach(() => harness.reset());

test("a <base> that somebody puts into the page leads no request elsewhere", async () => {
  const page = await harness.page();
  const { value } = await attempt(
    page,
    async ({ createAuthClient }, other) => {
      const asked: string[] = [];
      const open = (): ReturnType<typeof createAuthClient> =>
        createAuthClient({
          fetch: (url, init) => {
            asked.push(new URL(url as string).origin);
            return fetch(url, init);
          },
        });
      const before = open();
      document.head.insertAdjacentHTML("afterbegin", `<base href="${other}/">`);
      const own = open();
      const relative = createAuthClient({ wasm: "/pkg/traq-auth.wasm" });
      await before.login({ name: "alice", password: "password1234" });
      await before.logout();
      await own.login({ name: "alice", password: "password1234" });
      const { url } = await own
        .loginWith("traq", { navigate: false, returnTo: "/there" })
        .catch(() => ({ url: "" }));
      return [[...new Set(asked)], (await relative.getServerInfo()).version, url.startsWith(other)];
    },
    harness.server.other,
  );
  assert.deepEqual(value, [[harness.server.origin], "v3.28.4", false]);
});

test("a page without an address of its own asks its origin", async () => {
  const page = await harness.page();
  const { value } = await attempt(page, async () => {
    const heard = (): Promise<unknown> =>
      new Promise((resolve) => addEventListener("message", ({ data }) => resolve(data), { once: true }));
    const task = `import { createAuthClient } from "${location.origin}/pkg/index.js";
      const told = createAuthClient().getServerInfo().then(({ version }) => version, String);`;
    const frame = document.createElement("iframe");
    frame.srcdoc = `<script type="module">${task} told.then((told) => parent.postMessage(told, "*"))</script>`;
    const framed = heard();
    document.body.append(frame);
    const told = [await framed];
    const worker = new Worker(
      URL.createObjectURL(new Blob([`${task} told.then(postMessage)`], { type: "text/javascript" })),
      { type: "module" },
    );
    told.push(await new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data))));
    return told;
  });
  assert.deepEqual(value, ["v3.28.4", "v3.28.4"]);
});

test("a thousand clients, disposed of or not, are no more to the engine than one", async () => {
  const page = await harness.page();
  const { value } = await attempt(page, async ({ createAuthClient }) => {
    const kept = [];
    for (let i = 0; i < 500; i++) {
      const auth = createAuthClient();
      await auth.ready();
      kept.push(auth);
    }
    const bytes = await (await fetch("/pkg/traq-auth.wasm")).arrayBuffer();
    for (let i = 0; i < 500; i++) {
      const auth = createAuthClient({ wasm: () => bytes });
      await auth.ready();
      auth.dispose();
      kept.push(auth);
    }
    return (await kept[0]?.getServerInfo())?.version;
  });
  assert.equal(value, "v3.28.4");
});
