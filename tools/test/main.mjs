// Runs what is tested, each suite even where one before it failed, and ends with the
// line "N passed, N failed": node tools/test/main.mjs [SUITE…]. A suite is named as it
// is printed, with hyphens between the words, and the beginning of names does for all
// that begin so: native hostile end-to-end-firefox. Of one that failed it is shown what
// failed, and the end; all is in build/test/. Where at most three of JavaScript's test
// files and Go's packages failed, each is run once more at the end, alone on the machine:
// what runs stands still for seconds on a loaded one. What passes then is called flaky in
// the table.

import { execFileSync, spawn } from "node:child_process";
import { appendFileSync, mkdirSync, rmSync } from "node:fs";
import { counters, read } from "./log.mjs";
import { logs, root } from "./paths.mjs";
import { browsers, step, suites } from "./suites.mjs";

/** @typedef {import("./suites.mjs").Suite} Suite */
/** @typedef {import("./suites.mjs").Task} Task */

/** Minutes after which a command is taken to hang. */
const longest = 20;

/** So many files and packages are run once more where they failed; more are no accident. */
const accidents = 3;

const slug = (/** @type {string} */ name) => name.replace(/[^a-z0-9]+/g, "-");
const is =
  (/** @type {string} */ asked) =>
  (/** @type {Suite} */ { name }) =>
    slug(name) === asked || slug(name).startsWith(`${asked}-`);

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !suites.some(is(name)));
if (unknown.length > 0) {
  console.error(
    `there is no suite ${unknown.join(", ")}; there are: ${suites.map(({ name }) => slug(name)).join(" ")}`,
  );
  process.exit(2);
}
const wanted = suites.filter((suite) => asked.length === 0 || asked.some((name) => is(name)(suite)));

/** The process groups that run. @type {Set<number>} */
const groups = new Set();
function killAll() {
  for (const group of groups) {
    try {
      process.kill(-group, "SIGKILL");
    } catch {} // it has just ended
  }
}
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => {
    killAll();
    process.exit(1);
  });
}

/** A lane's tasks begin in the order in which they were asked for, so many at once. */
function lane(/** @type {number} */ width) {
  let free = width;
  /** @type {(() => void)[]} */
  const waiting = [];
  return async (/** @type {() => Promise<number>} */ task) => {
    if (free === 0) {
      await new Promise((/** @type {(value?: undefined) => void} */ resolve) => waiting.push(resolve));
    } else {
      free--;
    }
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) {
        next();
      } else {
        free++;
      }
    }
  };
}
const lanes = { processor: lane(1), browser: lane(browsers) };

/** @type {Record<string, string>} */
const environment = {};

/**
 * Runs a command; its status.
 *
 * @param {Task} task
 * @param {(text: string) => void} says
 * @returns {Promise<number>}
 */
function run({ command: [program = "", ...args], cwd = root, env }, says) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...environment, ...env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true, // a group of its own, with the browsers that it starts
    });
    const end = (/** @type {number} */ status) => {
      clearTimeout(timer);
      if (child.pid) {
        groups.delete(child.pid);
      }
      resolve(status);
    };
    const timer = setTimeout(() => {
      says(`\n${program} has not ended within ${longest} minutes\n`);
      process.kill(-(child.pid ?? 0), "SIGKILL");
    }, longest * 60_000);
    if (child.pid) {
      groups.add(child.pid);
    }
    child.stdout.setEncoding("utf8").on("data", says);
    child.stderr.setEncoding("utf8").on("data", says);
    child.on("error", (error) => {
      says(String(error));
      end(127);
    });
    child.on("close", (status) => end(status ?? 1));
  });
}

/**
 * @typedef {object} Result
 * @property {string} name
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {number} seconds
 * @property {readonly Task[]} again what failed, once more
 * @property {string} note
 */

/** What is said of the suites that run. @type {Set<() => string>} */
const progress = new Set();
/** @type {Result[]} */
const results = [];

const row = (/** @type {Result} */ { name, passed, failed, skipped, seconds, note }) =>
  `${name.padEnd(28)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${String(skipped).padStart(4)} skipped ${String(seconds).padStart(5)} s${note}`;

/** The place of a task's log. */
const place = (/** @type {string} */ name, /** @type {string | number} */ part) =>
  `${logs}/${slug(name)}${part === "" ? "" : `.${part}`}.log`;

/**
 * Runs a suite's tasks, and reports.
 *
 * @param {Suite} suite
 */
async function runSuite({ name, counts, lane, tasks }) {
  const begun = { at: 0 };
  /** What each task has said. @type {string[]} */
  const parts = [];
  const all = tasks();
  const seconds = () => Math.round((Date.now() - begun.at) / 1000);
  const soFar = () => {
    const { passed, failed } = counters[counts](parts.join(""), null);
    return `${name}: ${passed} passed, ${failed} failed so far, ${seconds()} s`;
  };
  const statuses = await Promise.all(
    all.map((task, i) =>
      lanes[lane](() => {
        if (begun.at === 0) {
          begun.at = Date.now();
          console.log(`  ${name} begins`);
          progress.add(soFar);
        }
        return run(task, (text) => {
          parts[i] = (parts[i] ?? "") + text;
          appendFileSync(place(name, all.length > 1 ? i + 1 : ""), text);
        });
      }),
    ),
  );
  progress.delete(soFar);
  const log = parts.join("");
  const status = Math.max(0, ...statuses);
  const { passed, failed: counted, skipped } = counters[counts](log, status);
  // A suite that could not run, or ran nothing, has failed.
  const failed = counted + Number((status !== 0 && counted === 0) || passed + counted === 0);
  // Of a task that tells no file that failed, nothing is known: it may have crashed.
  const unsure = all.map((task, i) => (statuses[i] === 0 ? null : (task.again?.(parts[i] ?? "") ?? [])));
  const again = unsure.some((tasks) => tasks?.length === 0) ? [] : unsure.flatMap((tasks) => tasks ?? []);
  const result = { name, passed, failed, skipped, seconds: seconds(), again, note: "" };
  results.push(result);
  console.log(row(result));
  if (failed > 0) {
    const { failures, rest } = read(log);
    console.log(
      [
        ...failures,
        `The end of ${place(name, all.length > 1 ? 1 : "").slice(root.length + 1)}, and those beside it:`,
        ...rest,
      ].join("\n"),
    );
  }
  return failed === 0;
}

/**
 * Runs once more what failed of a suite.
 *
 * @param {Result} result
 */
async function runAgain(result) {
  let status = 0;
  for (const [i, task] of result.again.entries()) {
    console.log(`  ${result.name}: ${task.command.at(-1)} failed, and is run once more`);
    status ||= await run(task, (text) => appendFileSync(place(result.name, `again.${i + 1}`), text));
  }
  if (status === 0) {
    result.note = `, flaky: ${result.again.map(({ command }) => command.at(-1)).join(" ")}`;
    result.passed += result.failed;
    result.failed = 0;
  }
}

rmSync(logs, { recursive: true, force: true });
mkdirSync(logs, { recursive: true });
const timer = setInterval(() => {
  for (const soFar of progress) {
    console.log(`  ${soFar()}`);
  }
}, 20_000);

const early = wanted.filter(({ needs }) => needs === "nothing");
const late = wanted.filter(({ needs }) => needs !== "nothing");
const what = wanted.some(({ needs }) => needs === "all") ? "all" : "package";
await runSuite(step("install", "tools/test/install.sh", what));
const packages =
  late.length > 0 ? runSuite({ ...step("packages", "tools/test/packages.sh", what), lane: "browser" }) : null;
const computing = early.map(runSuite);
if (await packages) {
  for (const name of what === "all" ? ["chromium", "headless-shell", "firefox", "webkit"] : []) {
    environment[name.toUpperCase().replace("-", "_")] = execFileSync(`${root}/tools/${name}.sh`, {
      encoding: "utf8",
    }).trim();
  }
  await Promise.all(late.map(runSuite));
} else if (packages) {
  console.log("what needs the package is not run");
}
await Promise.all(computing);
clearInterval(timer);

const failing = results.filter(({ failed }) => failed > 0);
if (failing.flatMap(({ again }) => again).length <= accidents) {
  for (const result of failing.filter(({ again }) => again.length > 0)) {
    await runAgain(result);
  }
}
const total = (/** @type {"passed" | "failed"} */ what) =>
  results.reduce((sum, result) => sum + result[what], 0);
console.log(`\n${results.map(row).join("\n")}\n\n${total("passed")} passed, ${total("failed")} failed`);
process.exitCode = total("failed") > 0 ? 1 : 0;
