// What a suite's log tells: how many tests passed, and what those that failed say.

/** @typedef {{ passed: number; failed: number; skipped: number }} Counts */

const count = (/** @type {string} */ log, /** @type {RegExp} */ pattern) => log.match(pattern)?.length ?? 0;
const sum = (/** @type {string} */ log, /** @type {RegExp} */ pattern) =>
  [...log.matchAll(pattern)].reduce((total, [, number]) => total + Number(number), 0);

/**
 * Counts the tests of a log, of a suite that has ended with a status or, with null,
 * has not.
 *
 * @type {Record<"go" | "tap" | "step", (log: string, status: number | null) => Counts>}
 */
export const counters = {
  go: (log) => ({
    passed: count(log, /^ *--- PASS/gm),
    failed: count(log, /^ *--- FAIL|^FAIL\t.*(build|setup) failed/gm),
    skipped: count(log, /^ *--- SKIP/gm),
  }),
  tap: (log, status) =>
    status === null
      ? { passed: count(log, /^ *ok /gm), failed: count(log, /^ *not ok /gm), skipped: count(log, /# SKIP/g) }
      : {
          passed: sum(log, /^# pass (\d+)/gm),
          failed: sum(log, /^# fail (\d+)/gm),
          skipped: sum(log, /^# skipped (\d+)/gm),
        },
  step: (_, status) => ({
    passed: Number(status === 0),
    failed: Number(status !== 0 && status !== null),
    skipped: 0,
  }),
};

/**
 * Of a log, in Go's words or TAP, the tests that failed with all that they say, and
 * what is of no test at all.
 *
 * @param {string} log
 */
export function read(log) {
  /** @type {string[]} */
  const failures = [];
  /** @type {string[]} */
  const rest = [];
  /** What Go's tests have said so far, by name. @type {Map<string, string[]>} */
  const said = new Map();
  let running = ""; // Go's test that speaks
  /** The end of TAP's block, and where it goes. @type {{ end: string; to: string[] | null } | null} */
  let block = null;
  for (const line of log.split("\n")) {
    const [, run] = /^ *=== (?:RUN|CONT|NAME|PAUSE) +(\S+)/.exec(line) ?? [];
    const [, result, ended = ""] = /^ *--- (FAIL|PASS|SKIP): (\S+)/.exec(line) ?? [];
    const tap = /^( *)(not )?ok \d/.exec(line); // Go says "ok" of a package
    if (block) {
      block.to?.push(line);
      block = line === block.end ? null : block;
    } else if (run) {
      running = run;
    } else if (result) {
      if (result === "FAIL") {
        failures.push(...(said.get(ended) ?? []), line);
      }
      said.delete(ended);
    } else if (tap) {
      block = { end: `${tap[1] ?? ""}  ...`, to: tap[2] ? failures : null };
      block.to?.push(line);
    } else if (running && !/^(PASS|FAIL|ok)\b/.test(line)) {
      said.set(running, [...(said.get(running) ?? []), line]);
    } else if (!/^ *(# Subtest|1\.\.\d+$)|^ok\t/.test(line)) {
      running = "";
      rest.push(line);
    }
  }
  return { failures: failures.slice(0, 400), rest: [...said.values()].flat().concat(rest).slice(-60) };
}
