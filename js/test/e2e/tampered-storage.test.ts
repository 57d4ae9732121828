/* eslint-disable max-lines-per-function -- a page is given one function, as text */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import type { AuthClient, User } from "../../src/index.ts";
import { alice, attempt, bob, call } from "./client.ts";
import { foreignAddresses, foreignTexts, misspelt, type Row } from "./foreign.ts";
import { useHarness } from "./harness.ts";

// Whatever another script of the origin has put under a client's keys, the
// client is as if nothing had been there, and takes it away. The keys and the
// right values are found by having a client write them.

const harness = useHarness();
beforeEach(() => harness.reset());

/** The entries of localStorage and of sessionStorage. */
type Kept = readonly [Record<string, string>, Record<string, string>];
type Item = readonly [storage: 0 | 1, key: string];

interface Observed {
  readonly outcomes: readonly unknown[];
  readonly requests: readonly string[];
  readonly errors: readonly string[];
  readonly kept: Kept;
}

const someId = "01a207ab-7610-7cca-92e9-2da640e2838e";

const keptBy = (page: Page): Promise<Kept> =>
  page.evaluate(() => {
    const entries = (of: Storage): Record<string, string> => Object.fromEntries(Object.entries(of));
    return [entries(localStorage), entries(sessionStorage)] as const;
  });

/** The one entry that is there now and was not before, or was another. */
function written(before: Kept, after: Kept): readonly [Item, string] {
  const news = ([0, 1] as const).flatMap((storage) =>
    Object.entries(after[storage])
      .filter(([key, text]) => before[storage][key] !== text)
      .map(([key, text]) => [[storage, key], text] as const),
  );
  assert.equal(news.length, 1, `one entry, not ${JSON.stringify(news)}`);
  return news[0] as (typeof news)[0];
}

/** Plays every row in a page, each with a client of its own, and tells what was seen. */
async function observe(
  page: Page,
  kept: Kept,
  [storage, key]: Item,
  texts: (string | null)[],
): Promise<Observed[]> {
  const all: Observed[] = [];
  // A page's clients have a module each, and an engine room for so many.
  for (let from = 0; from < texts.length; from += 40) {
    await page.reload();
    const { value, error } = await attempt(
      page,
      async ({ createAuthClient }, argument) => {
        const { kept, storage, key, texts, someId } = JSON.parse(argument) as {
          kept: Kept;
          storage: 0 | 1;
          key: string;
          texts: (string | null)[];
          someId: string;
        };
        const errors: string[] = [];
        addEventListener("error", ({ message }) => errors.push(message));
        addEventListener("unhandledrejection", ({ reason }) => errors.push(String(reason)));
        const storages = [localStorage, sessionStorage];
        // The server says the same to every row: it is asked once.
        const answers = new Map<string, Promise<Response>>();
        const answered: typeof fetch = async (url, init) => {
          const request = `${init?.method ?? ""} ${url as string}`;
          const answer = answers.get(request) ?? fetch(url, init);
          answers.set(request, answer);
          return (await answer).clone();
        };
        const all = [];
        for (const text of texts) {
          storages.forEach((storage, i) => {
            storage.clear();
            Object.entries(kept[i] ?? {}).forEach(([key, text]) => storage.setItem(key, text));
          });
          if (text === null) {
            storages[storage]?.removeItem(key);
          } else {
            storages[storage]?.setItem(key, text);
          }
          const requests: string[] = [];
          const auth = createAuthClient({
            timeout: 60_000, // which is not what this is about, on a machine that has more to do
            fetch: (url, init) => {
              const { pathname } = new URL(url as string);
              requests.push(`${init?.method ?? ""} ${pathname}`);
              // A logout counts, and does not take the session from the rows after it.
              return pathname.endsWith("/logout")
                ? Promise.resolve(new Response(null, { status: 204 }))
                : answered(url, init);
            },
          });
          const settle = (promise: Promise<unknown>): Promise<unknown> =>
            promise.catch((error: unknown) => String((error as { code?: string }).code ?? error));
          const marks = async (): Promise<unknown> =>
            (await auth.listSessions()).map(({ id, current }) => (current ? id : String(current))).sort();
          const outcomes = [
            await settle(marks()), // before anybody knows who is signed in
            await settle(auth.completeRedirect()),
            await settle(auth.refresh()),
            await settle(marks()),
            await settle(auth.revokeSession(someId)), // of nobody's session
            auth.getSnapshot(),
          ];
          await new Promise((resolve) => setTimeout(resolve));
          all.push({
            outcomes,
            requests,
            errors: errors.splice(0),
            kept: storages.map((of) => Object.fromEntries(Object.entries(of))),
          });
          auth.dispose();
        }
        return all;
      },
      JSON.stringify({ kept, storage, key, texts: texts.slice(from, from + 40), someId }),
    );
    assert.equal(error, undefined);
    all.push(...(value as Observed[]));
  }
  return all;
}

/** Tells of every row that is not as if nothing had been there; `expected` says otherwise of some. */
async function assertNothing(
  page: Page,
  kept: Kept,
  item: Item,
  rows: readonly Row[],
  right: string,
): Promise<void> {
  assert.ok(rows.length > 80, `${rows.length} rows`);
  const [nothing, ...seen] = await observe(page, kept, item, [null, ...rows.map(([, text]) => text)]);
  assert.ok(nothing);
  assert.deepEqual(nothing.errors, []);
  const different = rows.flatMap(([name, text], i) => {
    const one = seen[i] as Observed;
    try {
      assert.deepEqual(one, nothing);
      return [];
    } catch {
      const what = (Object.keys(one) as (keyof Observed)[])
        .filter((part) => JSON.stringify(one[part]) !== JSON.stringify(nothing[part]))
        .map((part) => `${part}: ${JSON.stringify(one[part]).slice(0, 200)}`);
      return [`${name} (${text.slice(0, 80)}): ${what.join(", ")}`];
    }
  });
  assert.ok(!different.length, `${different.length} of ${rows.length} differ:\n${different.join("\n")}`);
  // What is right is believed: the rows stand where a client looks.
  const [believed] = await observe(page, kept, item, [right]);
  assert.notDeepEqual({ ...believed, kept }, { ...nothing, kept });
}

/** A page where alice is signed in, beside an older session of hers; what her login has left, and the ids. */
async function signedIn(): Promise<{
  page: Page;
  kept: Kept;
  user: User;
  other: User;
  own: string;
  older: string;
}> {
  const page = await harness.page();
  await page.evaluate(() => sessionStorage.clear());
  await call(page, "login", [bob]);
  const { value: other } = await call(page, "getUser");
  await call(page, "logout");
  await harness.server.act("session", "alice", "90m");
  await call(page, "login", [alice]);
  const kept = await keptBy(page);
  const { value: user } = await call(page, "getUser");
  const { value } = await call(page, "listSessions");
  const sessions = value as { id: string; current: boolean }[];
  const id = (current: boolean): string => sessions.find((session) => session.current === current)?.id ?? "";
  return { page, kept, user: user as User, other: other as User, own: id(true), older: id(false) };
}

/** What a call of a new client leaves behind. */
async function left(
  page: Page,
  task: (auth: AuthClient) => Promise<unknown>,
): Promise<readonly [Item, string]> {
  await page.reload();
  const before = await keptBy(page);
  await page.evaluate(
    `(async () => {
      const { createAuthClient } = await import("/pkg/index.js");
      const lost = (url, init) => url.endsWith("/logout") ? Promise.reject(new TypeError("lost")) : fetch(url, init);
      const auth = createAuthClient({ fetch: lost });
      await (${task.toString()})(auth).catch(() => undefined);
      auth.dispose();
    })()`,
  );
  return written(before, await keptBy(page));
}

const members = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

/** A text with members of other values. */
const but = (text: string, changed: object): string => JSON.stringify({ ...members(text), ...changed });

test("a logout that nobody has asked for is not sent", async () => {
  const { page, kept, user, other } = await signedIn();
  const [item, right] = await left(page, (auth) => auth.logout());
  assert.equal(members(right)["user"], null, "of whomever is there");
  const rows: Row[] = [
    ...foreignTexts(right),
    ...foreignTexts(but(right, { user: user.id })),
    ...[...misspelt(user.id), "alice", user.name, "", "*"].map((text): Row => [
      `the user ${JSON.stringify(text)}`,
      but(right, { user: text }),
    ]),
  ];
  await assertNothing(page, kept, item, rows, right);

  // One of another's session is taken away as well, once it is known that she is not there.
  const others = but(right, { user: other.id });
  const [nothing, seen] = await observe(page, kept, item, [null, others]);
  assert.deepEqual({ ...seen, requests: [] }, { ...nothing, requests: [] });
  assert.deepEqual(
    seen?.requests.filter((request) => !request.startsWith("GET") && !request.includes(someId)),
    [],
  );
});

test("a session is not marked, and not ended, by what was put there", async () => {
  const { page, kept, user, other, own, older } = await signedIn();
  await page.reload();
  await call(page, "refresh");
  await call(page, "listSessions");
  const [item, found] = written([{}, {}], await keptBy(page));
  assert.equal(members(found)["id"], own);
  const lie = but(found, { id: older });
  const byTimes = kept[item[0]][item[1]] ?? "";
  const rows: Row[] = [
    // It is kept without a user too, where nobody knew whose it is.
    ...[...foreignTexts(lie), ...foreignTexts(byTimes)].filter(([name]) => name !== "without user"),
    ...misspelt(older).map((id): Row => [`the id ${JSON.stringify(id)}`, but(lie, { id })]),
    ...[...misspelt(user.id), "", "alice"].map((text): Row => [
      `the user ${JSON.stringify(text)}`,
      but(lie, { user: text }),
    ]),
    ["another's session", but(lie, { user: other.id, id: someId })],
    ["no session's id", but(lie, { id: someId })],
    ["an id and times", JSON.stringify({ ...members(byTimes), ...members(lie) })],
    ...[
      [0, 0],
      [-1, -1],
      [1, 0],
      [0, 8.64e15],
      [-8.64e15, 8.64e15],
      [Date.now() + 1e9, Date.now() + 2e9],
      [Date.now() - 1e10, Date.now() - 9e9],
    ].map(([from, to]): Row => [`opened from ${from} to ${to}`, but(byTimes, { from, to })]),
  ];
  await assertNothing(page, kept, item, rows, found);

  // One in capitals is the current session all the same, or nothing.
  const [capitals] = await observe(page, kept, item, [but(found, { id: own.toUpperCase() })]);
  const marked = capitals?.outcomes[0] as string[];
  assert.ok(marked.includes(own) || !marked.includes("false"), String(marked));
});

test("no redirect is completed that this client has not begun, and nowhere returned to", async () => {
  const { page, kept } = await signedIn();
  const { origin } = harness.server;
  const [item, right] = await left(page, (auth) =>
    auth.linkAccount("oidc", { navigate: false, returnTo: "/_test/blank?back" }),
  );
  const now = Date.now();
  const with_ = (name: string, values: readonly unknown[]): Row[] =>
    values.map((value): Row => [`${name} ${JSON.stringify(value)}`, but(right, { [name]: value })]);
  const rows: Row[] = [
    ...foreignTexts(right),
    ...with_("returnTo", foreignAddresses(origin)),
    ...with_("provider", ["", ".", "..", null]),
    ...with_("kind", [
      "",
      "LINK",
      "Link",
      "link ",
      "logout",
      "toString",
      "__proto__",
      "constructor",
      "unlink",
      null,
    ]),
    ...with_("time", [0, -1, -now, now - 601_000, now + 3_600_000, now * 1000, now / 1000, 8.64e15]),
  ];
  await assertNothing(page, kept, item, rows, right);
  assert.deepEqual(
    await observe(page, kept, item, [but(right, { provider: "__proto__" })]).then(([one]) => one?.errors),
    [],
  );
});
