import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import type { Browser, Page } from "puppeteer-core";
import { startBrowser } from "../e2e/browser.ts";
import { engine } from "../e2e/engine.ts";
import { type Program, startProgram } from "../e2e/program.ts";
import { flavour } from "../e2e/server.ts";
import { methods, play, type Played, type Row } from "./play.ts";

// internal/hostile's table against the client in a page: whatever a server answers,
// every call comes to what the table says within its time, nothing else happens in
// the page, and the next call is right. In Chromium all rows are played; elsewhere
// each fourth. HOSTILE=… plays those that it matches.

/** Milliseconds by which a call may settle later than its time. */
const margin = 5_000;
/** Milliseconds for calls that may have to wait until their time is up, and for the others. */
const short = 1_500;
const long = 60_000;
/** MiB of memory that an instance of the module may have. */
const mostLinear = 64;
/** MiB of memory that a page's process may have. */
const mostResident = 768;

const some = new RegExp(process.env["HOSTILE"] ?? "");
const share = engine === "chromium" ? 1 : 4;

interface Table {
  readonly origins: readonly string[];
  readonly secure: string;
  readonly rows: readonly Omit<Row, "at">[];
}

const program: Program = await startProgram("build/hostile-server", [
  "-pkg",
  flavour === "tinygo" ? "js/dist" : `build/${flavour}`,
]);
const {
  origins,
  secure,
  rows: all,
} = (await (await fetch(`${program.started["origin"] ?? ""}/hostile/table.json`)).json()) as Table;
const rows = all
  .map((row, at) => ({ ...row, at }))
  .filter(({ name, at }) => at % share === 0 && some.test(name));

let browser: Browser;
const played: Played[] = [];
let resident = 0;

/** A page at an origin. Each has a process of its own. */
async function pageAt(origin: string): Promise<Page> {
  const page = await (await browser.createBrowserContext()).newPage();
  // tsx wraps named functions in this one; those that the page runs too.
  await page.evaluateOnNewDocument("globalThis.__name = (f) => f");
  await page.goto(`${origin}/_test/blank`);
  return page;
}

before(async () => {
  browser = await startBrowser();
  const plain = rows.filter(({ http2 }) => !http2);
  // One WebKit has one page; in others there is work for two processors.
  const pages = engine === "webkit" ? 1 : origins.length - 1;
  const otherOrigin = origins.at(-1) ?? "";
  const tasks = origins.slice(0, pages).map(async (origin, i) =>
    play(await pageAt(origin), {
      rows: plain.filter((_, at) => at % pages === i),
      otherOrigin,
      players: 5, // of a browser's six connections
      short,
      long,
    }),
  );
  // What ends a connection of HTTP/2 ends all requests of the page's: one after the other.
  const overHTTP2 = async (): Promise<Played> =>
    play(await pageAt(secure), {
      rows: rows.filter(({ http2 }) => http2),
      otherOrigin,
      players: 1,
      short,
      long,
    });
  played.push(...(await Promise.all([...tasks, overHTTP2()])));
  resident = await mostMemory();
});

after(async () => {
  await browser.close();
  await program.close();
});

/** The most MiB that a page's process has had, where that can be seen. */
async function mostMemory(): Promise<number> {
  if (engine !== "chromium") {
    return 0;
  }
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const pages = processInfo.filter(({ type }) => type === "renderer");
  assert.ok(pages.length > 1);
  return Math.max(
    ...pages.map(({ id }) => {
      const [, kilobytes] = /VmHWM:\s*(\d+) kB/.exec(readFileSync(`/proc/${id}/status`, "utf8")) ?? [];
      return Number(kilobytes) / 1024;
    }),
  );
}

describe("a hostile server", () => {
  for (const { name, at, expected } of rows) {
    test(name, () => {
      const outcomes = played.flatMap(({ outcomes }) => outcomes[at] ?? []);
      assert.deepEqual(
        outcomes.map(({ method }) => method),
        [...methods, "next"],
        outcomes[0]?.outcome,
      );
      for (const { method, outcome, says, right, took, limit } of outcomes) {
        const allowed = method === "next" ? "value" : (expected[method] ?? "");
        assert.ok(
          allowed.split("|").includes(outcome),
          `${method}: ${outcome}, not ${allowed}: ${says} (${took} ms)`,
        );
        assert.ok(took <= limit + margin, `${method} settles after ${took} ms, not within ${limit}`);
        if (outcome === "value") {
          assert.equal(says, right, method);
        }
      }
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
