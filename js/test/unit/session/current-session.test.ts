import assert from "node:assert/strict";
import { test } from "node:test";
import { findCurrent, type CurrentSession } from "../../../src/session/current-session.ts";
import type { Session } from "../../../src/types.ts";

// The server's clock; the page's is never asked.
const login = Date.UTC(2026, 10, 23, 9, 10, 2);

/** A session that was opened so many milliseconds after the login, whose id may say otherwise. */
function opened(after: number, byID = after): Session {
  const hex = (login + byID).toString(16).padStart(12, "0");
  const id = `${hex.slice(0, 8)}-${hex.slice(8)}-7cca-92e9-2da640e2838e`;
  return { id, issuedAt: new Date(login + after), current: null };
}

/** The exchange with a Date of the login's second, in which 300 ms had passed. */
const window = { from: login - 300, to: login + 1000 };
const own: CurrentSession = { user: "u", ...window };
const now = { from: login + 60_000, to: login + 61_000 };
const [mine, older, newer] = [opened(120), opened(-5000), opened(9000)];
const v4 = { ...opened(200), id: "3f2504e0-4f89-41d3-9a0c-0305e82c3301" };

const rows: [
  name: string,
  sessions: Session[],
  own: CurrentSession | null,
  seen: typeof now,
  found: Session | null,
][] = [
  ["the only session is the own, whatever is known", [older], null, now, older],
  ["the only session is the own, with another id than before", [older], { id: mine.id }, now, older],
  ["none is none", [], own, now, null],
  ["of two nothing is known", [mine, older], null, now, null],
  ["the one with the id", [older, mine, newer], { id: mine.id }, now, mine],
  ["an id that is there no more was renewed", [older, newer], { id: mine.id }, now, null],
  ["the one of the window", [older, mine, newer], own, now, mine],
  ["at the window's beginning", [older, opened(-300)], own, now, opened(-300)],
  ["before the window's beginning", [older, opened(-301)], own, now, null],
  ["at the window's end", [older, opened(1000)], own, now, opened(1000)],
  ["behind the window's end", [older, opened(1001)], own, now, null],
  ["two in the window", [older, mine, opened(900)], own, now, null],
  ["two in the same millisecond", [mine, { ...mine, id: mine.id.replace("2da", "3da") }], own, now, null],
  ["another by its id alone", [mine, opened(-5000, 500)], own, now, null],
  ["another by its date alone", [mine, opened(500, -5000)], own, now, null],
  ["one by its date alone", [older, opened(500, -5000)], own, now, null],
  ["an id that holds no time", [older, v4], own, now, null],
  ["a session of the future: a proxy's clock", [older, mine, opened(61_001)], own, now, null],
  ["a session of just now", [older, mine, opened(61_000)], own, now, mine],
  ["a list whose Date is not seen", [older, mine], own, { from: NaN, to: NaN }, null],
  ["a login whose Date was not seen", [older, mine], { user: "u", from: NaN, to: NaN }, now, null],
  [
    "numbers that JSON made null",
    [older, mine],
    JSON.parse('{"from":null,"to":null}') as CurrentSession,
    now,
    null,
  ],
  ["what is no window", [older, mine], {}, now, null],
  ["after 13 days", [older, mine], own, later(13), mine],
  ["when it may have been renewed", [older, mine], own, later(15), null],
];

function later(days: number): typeof now {
  return { from: now.from + days * 86_400_000, to: now.to + days * 86_400_000 };
}

for (const [name, sessions, own, seen, found] of rows) {
  test(name, () => {
    for (const list of [sessions, sessions.slice().reverse()]) {
      assert.equal(
        findCurrent(list, own, () => seen),
        found?.id ?? null,
      );
    }
  });
}
