import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import { alice, attempt, bob } from "./client.ts";
import { foreignValues, misspelt } from "./foreign.ts";
import { useHarness } from "./harness.ts";

// Whatever another script of the origin, or another version of this package,
// broadcasts on a client's channel: the client is as if nothing had been said,
// and still hears what is right. The channel's name and the right messages are
// found by listening to a client's own.

const harness = useHarness();
beforeEach(() => harness.reset());

interface Heard {
  readonly channel: string;
  readonly messages: readonly unknown[];
}

/** What a page's new client broadcasts while something is done with it. */
async function broadcasts(page: Page, method: string, ...args: unknown[]): Promise<Heard> {
  const { value, error } = await attempt(
    page,
    async ({ createAuthClient }, argument) => {
      const { method, args } = JSON.parse(argument) as { method: string; args: unknown[] };
      const [names, messages] = [new Set<string>(), [] as string[]];
      const Native = BroadcastChannel;
      globalThis.BroadcastChannel = class extends Native {
        constructor(name: string) {
          super(name);
          names.add(name);
        }
        override postMessage(message: unknown): void {
          messages.push(JSON.stringify(message)); // WebDriver's own JSON keeps no order of members
          super.postMessage(message);
        }
      };
      const auth = createAuthClient();
      try {
        await (auth as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>)[method]?.(
          ...args,
        );
      } finally {
        auth.dispose();
        globalThis.BroadcastChannel = Native;
      }
      return { channel: [...names].join(), messages };
    },
    JSON.stringify({ method, args }),
  );
  assert.equal(error, undefined);
  const { channel, messages } = value as { channel: string; messages: string[] };
  return { channel, messages: messages.map((text) => JSON.parse(text) as unknown) };
}

/** What a client broadcasts of who is signed in. */
interface Right {
  readonly alice: unknown;
  readonly bob: unknown;
  readonly nobody: unknown;
}

interface Played {
  readonly row: string;
  readonly told: readonly string[];
  readonly requests: number;
  readonly errors: readonly string[];
}

/**
 * Has a new client for every row hear it, once where alice is signed in and once
 * where nobody is, each followed by what is right: bob, nobody, alice. A row is an
 * expression, since JSON has not all that can be broadcast; "" stands for nothing.
 */
// eslint-disable-next-line max-lines-per-function -- a page is given one function, as text
async function play(page: Page, channel: string, right: Right, rows: readonly string[]): Promise<Played[]> {
  const all: Played[] = [];
  // A page's clients have a module each, and an engine room for so many.
  for (let from = 0; from < rows.length; from += 40) {
    await page.reload();
    const { value, error } = await attempt(
      page,
      async ({ createAuthClient }, argument) => {
        const { channel, right, rows } = JSON.parse(argument) as {
          channel: string;
          right: Right;
          rows: string[];
        };
        // On focus a client would ask, and WebDriver gives a tab the focus before all it does there.
        for (const type of ["focus", "visibilitychange"]) {
          addEventListener(type, (event) => event.stopImmediatePropagation(), true);
        }
        const errors: string[] = [];
        addEventListener("error", ({ message }) => errors.push(message));
        addEventListener("unhandledrejection", ({ reason }) => errors.push(String(reason)));
        const foreign = new BroadcastChannel(channel);
        const all = [];
        for (const row of rows) {
          let requests = 0;
          const auth = createAuthClient({
            fetch: (url, init) => {
              requests++;
              return fetch(url, init);
            },
          });
          await auth.refresh();
          requests = 0;
          const told: string[] = [];
          let heard = (): void => undefined;
          auth.subscribe(({ status, user }) => {
            const types = Object.values(user ?? {}).map((value) => typeof value);
            told.push(user ? `${status} ${JSON.stringify(user)} ${types.join()}` : status);
            heard();
          });
          const list = row === "" || row.startsWith("...") ? `[${row}]` : `[(${row})]`;
          const messages = (0, eval)(list) as unknown[];
          for (const [name, before] of [
            ["bob", messages],
            ["nobody", []],
            ["alice", messages],
          ] as const) {
            const arrived = new Promise<void>((resolve) => {
              heard = () => (auth.getSnapshot().user?.name ?? "nobody") === name && resolve();
              setTimeout(resolve, 15_000);
            });
            before.forEach((message) => foreign.postMessage(message));
            foreign.postMessage(right[name]);
            await arrived;
          }
          auth.dispose();
          all.push({ row, told, requests, errors: errors.splice(0) });
        }
        foreign.close();
        return all;
      },
      JSON.stringify({ channel, right, rows: rows.slice(from, from + 40) }),
    );
    assert.equal(error, undefined);
    all.push(...(value as Played[]));
  }
  return all;
}

/** What can be broadcast and is none of JSON's, one a line. */
const exotic = `
undefined
5n
NaN
-0
Infinity
new Date()
new Date(NaN)
new Boolean(false)
new String("x")
new Map()
new Map([["status", "signed-out"], ["user", null]])
new Set(["status"])
/x/
new Error("x")
new TypeError("x")
new DOMException("x")
new ArrayBuffer(8)
new Uint8Array(8)
new DataView(new ArrayBuffer(8))
new Blob(["x"])
new File(["x"], "status")
new ImageData(1, 1)
new DOMRect()
new Array(5)
[, 1]
Object.create(null)
(() => { const a = {}; a.a = a; return a; })()
(() => { const a = []; a.push(a); return a; })()
(() => { const a = {}; for (let i = 0, b = a; i < 1000; i++) b = b.a = {}; return a; })()
"x".repeat(2 ** 20)
new Uint8Array(2 ** 20)
Array.from({ length: 100_000 }, (_, i) => i)
...Array.from({ length: 10_000 }, (_, i) => ({ i }))
...Array.from({ length: 10_000 }, (_, i) => [null, 5, "x", 5n][i % 4])`;

/** Shapes as an older or a later version may send them, or another script. */
const named = `
"sessions"
"accounts "
"login"
"logout"
"signed-out"
{status: "signed-in", user: 5}
{status: "signed-in", user: null}
{status: "signed-in", user: {}}
{status: "signed-in"}
{status: "signed-out"}
{status: "signed-out", user: {id: "x"}}
{status: "unknown", user: null}
{user: null}
{user: undefined}
{status: "signed-out", user: null, v: 2}
{v: 2, type: "signed-out"}
["signed-out", null]
[{status: "signed-out", user: null}]`;

const lines = (text: string): string[] => text.trim().split("\n");

test("what is not exactly a client's message is as if it had not been sent", async () => {
  const page = await harness.page();
  const { channel, messages } = await broadcasts(page, "login", bob);
  const base = `${harness.server.origin}/api/v3`;
  const bobs = messages.at(-1);
  const nobody = (await broadcasts(page, "logout")).messages.at(-1);
  const alices = (await broadcasts(page, "login", alice)).messages.at(-1);
  const right = { alice: alices, bob: bobs, nobody };
  await harness.server.act("link", "alice", "oidc", "alice_ext");
  const accounts = (await broadcasts(page, "unlinkAccount", "oidc")).messages.at(-1);
  assert.ok(bobs !== undefined && nobody !== undefined && alices !== undefined && accounts !== undefined);
  const id = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(JSON.stringify(alices))?.[0] ?? "";
  assert.notEqual(id, "");
  const [within, out] = [JSON.stringify(alices), JSON.stringify(nobody)];
  // What an object says as JSON is not what it is.
  const objects = [alices, nobody].flatMap((message) =>
    Object.keys(message as object).flatMap((name) =>
      ["Object(a[name])", "new Date()", "new Date(NaN)", "NaN", "-Infinity", "[a[name]]"].map(
        (other) =>
          `(() => { const a = ${JSON.stringify(message)}, name = "${name}"; a[name] = ${other}; return a; })()`,
      ),
    ),
  );
  const elsewhere = [
    `${channel}/`,
    channel.toUpperCase(),
    channel.replace(base, ""),
    channel.replace(/\/v3$/, "/v4"),
  ];
  const rows = [
    ...lines(exotic),
    ...lines(named),
    // As a literal, __proto__ would be no member.
    ...[alices, nobody, accounts]
      .flatMap((message) => foreignValues(message))
      .map((text) => `JSON.parse(${JSON.stringify(text)})`),
    ...misspelt(id).map((other) => within.replaceAll(JSON.stringify(id), JSON.stringify(other))),
    ...objects,
    `JSON.parse(${JSON.stringify(within)}, (_, part) => (typeof part === "string" ? Object(part) : part))`,
    `JSON.parse(${JSON.stringify(within)}, (_, part) => (part === "alice" ? new Date() : part))`,
    `{...${within}, padding: "x".repeat(2 ** 20)}`,
    `Object.assign(${out}, { late: new Date() })`,
    `new Map(Object.entries(${within}))`,
    `JSON.stringify(${within})`,
    `JSON.stringify(${out})`,
    ...elsewhere.map((name) => `void new BroadcastChannel(${JSON.stringify(name)}).postMessage(${out})`),
  ].filter((row) => row !== within && row !== out && row !== JSON.stringify(accounts));
  assert.ok(rows.length > 80, `${rows.length} rows`);

  const [nothing, ...played] = await play(page, channel, right, ["", ...rows]);
  assert.match(
    nothing?.told.join(" ") ?? "",
    /^signed-in .*"alice".* signed-in .*"bob".* signed-out signed-in .*"alice"/,
  );
  assert.deepEqual({ requests: nothing?.requests, errors: nothing?.errors }, { requests: 0, errors: [] });
  const heard = played
    .map(({ row, ...seen }) => [row, JSON.stringify(seen)] as const)
    .filter(([, seen]) => seen !== JSON.stringify({ ...nothing, row: undefined }))
    .map(([row, seen]) => `${row.slice(0, 100)}: ${seen.replaceAll(/"id.*?\} /g, "").slice(0, 300)}`);
  assert.ok(!heard.length, `${heard.length} of ${rows.length} were heard:\n${heard.join("\n")}`);
});

test("another version's channel is another, and another server's too", async () => {
  const { channel } = await broadcasts(await harness.page(), "login", alice);
  const base = `${harness.server.origin}/api/v3`;
  assert.ok(channel.includes(base));
  assert.match(channel.replace(base, ""), /\d/);
});
