import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { Browser, Page } from "puppeteer-core";
import { startBrowser } from "../e2e/browser.ts";
import { engine } from "../e2e/engine.ts";
import { startProgram } from "../e2e/program.ts";
import { methods, play, type Played, type Row } from "./play.ts";

// internal/hostile's table against the client in a page: whatever a server answers,
// every call comes to what the table says within its time, nothing else happens in
// the page, and the next call is right. In Chromium all rows are played; elsewhere
// each fourth. HOSTILE=… plays those that it matches, all of them.

/** Milliseconds by which a call may settle later than its time. */
const margin = 5_000;
/** Milliseconds for calls that may have to wait until their time is up, and for the others. */
const short = 1_000;
const long = 30_000;
/** MiB of memory that an instance of the module may have. */
const mostLinear = 64;
/** MiB of memory that a page's process may have. */
const mostResident = 768;

const pkg = "js/dist";
const some = new RegExp(process.env["HOSTILE"] ?? "");
const share = engine === "chromium" || process.env["HOSTILE"] !== undefined ? 1 : 4;

/** Why HTTP/2's rows are skipped, where they are. */
const lacksHTTP2 =
  engine === "webkit" &&
  "WebKitGTK sends requests into a connection that it has given up, and they never settle";

interface Table {
  readonly origins: readonly string[];
  readonly secure: string;
  readonly rows: readonly Omit<Row, "at">[];
}

/** A page at an origin. Each has a process of its own. */
async function pageAt(browser: Browser, origin: string): Promise<Page> {
  const page = await (await browser.createBrowserContext()).newPage();
  // tsx wraps named functions in this one; those that the page runs too.
  await page.evaluateOnNewDocument("globalThis.__name = (f) => f");
  await page.goto(`${origin}/_test/blank`);
  return page;
}

/** Plays rows in pages of a browser's, side by side. */
function playAll(
  browser: Browser,
  { origins, secure }: Table,
  rows: readonly Row[],
  players = 5, // of the six connections that a browser opens to an origin
): Promise<Played[]> {
  const limits = { otherOrigin: origins.at(-1) ?? "", short, long };
  // One WebKit has one page; in others there is work for two processors.
  const pages = engine === "webkit" ? 1 : origins.length - 1;
  const within = (origins: readonly string[], rows: readonly Row[], players: number): Promise<Played>[] =>
    origins.map(async (origin, i) =>
      play(await pageAt(browser, origin), {
        ...limits,
        rows: rows.filter((_, at) => at % origins.length === i),
        players,
      }),
    );
  return Promise.all([
    ...within(
      origins.slice(0, pages),
      rows.filter(({ http2 }) => !http2),
      players,
    ),
    // What ends a connection of HTTP/2 ends all requests of the page's: one after the other.
    ...within(
      Array<string>(lacksHTTP2 ? 0 : pages).fill(secure),
      rows.filter(({ http2 }) => http2),
      1,
    ),
  ]);
}

/** The most MiB that a page's process has had; 0 where that is not seen. */
async function mostMemory(browser: Browser): Promise<number> {
  if (engine !== "chromium") {
    return 0;
  }
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const sizes = processInfo
    .filter(({ type }) => type === "renderer")
    .map(({ id }) => {
      const [, kilobytes] = /VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, "utf8")) ?? [];
      return Number(kilobytes) / 1024;
    });
  return Math.max(...sizes);
}

const program = await startProgram("build/hostile-server", ["-pkg", pkg]);
const table = (await (await fetch(`${program.started["origin"] ?? ""}/hostile/table.json`)).json()) as Table;
const rows = table.rows
  .map((row, at) => ({ ...row, at }))
  .filter(({ name, at }) => at % share === 0 && some.test(name));

/** Tells what is wrong with what has become of a row; undefined where nothing is. */
function wrongWith(played: readonly Played[], { at, expected }: Row): string | undefined {
  const outcomes =
    played.flatMap(({ outcomes }) => [outcomes[at] ?? []].filter(({ length }) => length > 0)).at(-1) ?? [];
  if (outcomes.map(({ method }) => method).join() !== [...methods, "next"].join()) {
    return outcomes[0]?.outcome ?? "not played";
  }
  for (const { method, outcome, says, right, took, limit } of outcomes) {
    const allowed = method === "next" ? "value" : (expected[method] ?? "");
    if (!allowed.split("|").includes(outcome)) {
      return `${method}: ${outcome}, not ${allowed}: ${says} (${took} ms)`;
    }
    if (took > limit + margin) {
      return `${method} settles after ${took} ms, not within ${limit}`;
    }
    if (outcome === "value" && says !== right) {
      return `${method}: ${says}, not ${right ?? ""}`;
    }
  }
  return undefined;
}

/** How many rows may be played once more, alone. */
const mostAgain = 3;

const browser = await startBrowser(false);
let played: readonly Played[];
let resident: number;
try {
  played = await playAll(browser, table, rows);
  // What one row leaves in a connection may be taken for the answer to the next: such a
  // row is right where it has the server for itself, in connections of its own.
  const again = rows.filter((row) => !(row.http2 && lacksHTTP2) && wrongWith(played, row));
  if (again.length > 0 && again.length <= mostAgain) {
    for (const row of again) {
      console.log(`# once more: ${row.name}: ${wrongWith(played, row) ?? ""}`);
    }
    played = [...played, ...(await playAll(browser, table, again, 1))];
  }
  resident = await mostMemory(browser);
} finally {
  await browser.close();
  await program.close();
}

const slowest = played
  .flatMap(({ outcomes }) => Object.entries(outcomes))
  .flatMap(([at, calls]) => calls.map((call) => ({ ...call, name: table.rows[Number(at)]?.name ?? "" })))
  .sort((a, b) => b.took - a.took)
  .slice(0, 15);
for (const { name, method, outcome, took } of slowest) {
  console.log(`# ${took} ms: ${name}, ${method}: ${outcome}`);
}

describe("a hostile server", () => {
  for (const row of rows) {
    test(row.name, { skip: row.http2 && lacksHTTP2 }, () => {
      assert.equal(wrongWith(played, row), undefined);
    });
  }
});

test("nothing else happens in the page", () => {
  assert.deepEqual(
    played.flatMap(({ errors, polluted }) => [...errors, ...polluted]),
    [],
  );
});

test(`an instance of the module has at most ${mostLinear} MiB of memory`, () => {
  const most = Math.max(...played.map(({ linearMemory }) => linearMemory)) / 2 ** 20;
  console.log(`# linear memory: ${most} MiB`);
  assert.ok(most > 0 && most <= mostLinear, `${most} MiB`);
});

test(
  `a page's process has at most ${mostResident} MiB of memory`,
  { skip: engine !== "chromium" && "it is seen in Chromium alone" },
  () => {
    console.log(`# resident memory: ${Math.round(resident)} MiB`);
    assert.ok(resident > 0 && resident <= mostResident, `${resident} MiB`);
  },
);
