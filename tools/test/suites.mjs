// What "make test" runs, in the order in which it begins.

import { mkdtempSync, readdirSync, statSync } from "node:fs";
import { basename } from "node:path";
import { logs, root } from "./paths.mjs";

/** How many browsers there may be at once: pages are waited for, so that there may be more than processors. */
export const browsers = 4;

/**
 * @typedef {object} Task
 * @property {readonly string[]} command
 * @property {string} [cwd]
 * @property {Readonly<Record<string, string>>} [env]
 * @property {(log: string) => readonly Task[]} [again] runs what failed of it once more, by its log
 */

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {"go" | "tap" | "step"} counts how the passed are counted in its log; of a step, by its status
 * @property {"processor" | "browser"} lane where it waits for its turn
 * @property {"nothing" | "package" | "all"} needs what is built before, and with "all" the browsers
 * @property {() => readonly Task[]} tasks one, or several that may run side by side
 */

const js = `${root}/js`;

/** The test files below a folder of js that are wanted, the largest first. */
const files = (/** @type {string} */ folder, wanted = (/** @type {string} */ _file) => true) =>
  readdirSync(`${js}/test/${folder}`, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts") && wanted(file) && !file.includes("node_modules"))
    .map((file) => `test/${folder}/${file}`)
    .sort((a, b) => statSync(`${js}/${b}`).size - statSync(`${js}/${a}`).size);

const node = ["node", "--import", "tsx", "--test-reporter=tap"];

/** @type {(name: string, tasks: Suite["tasks"], more?: Partial<Suite>) => Suite} */
const suite = (name, tasks, more) => ({
  name,
  counts: "tap",
  lane: "browser",
  needs: "all",
  tasks,
  ...more,
});

/** @type {(name: string, ...command: string[]) => Suite} */
export const step = (name, ...command) =>
  suite(name, () => [{ command }], { counts: "step", lane: "processor", needs: "nothing" });

/**
 * A test file of js, in a process of its own.
 *
 * @type {(env: Record<string, string>, file: string) => Task}
 */
const alone = (env, file) => {
  const task = { command: [...node, file], cwd: js, env };
  return { ...task, again: () => [task] };
};

/** @type {(env: Record<string, string>, ...which: Parameters<typeof files>) => Task[]} */
const each = (env, ...which) => files(...which).map((file) => alone(env, file));

/**
 * Test files of js, in processes that take one after the other: to start a browser takes
 * as long as several tests.
 */
function together(
  /** @type {Record<string, string>} */ env,
  /** @type {string} */ folder,
  wanted = (/** @type {string} */ _file) => true,
  processes = browsers,
) {
  const all = files(folder, wanted);
  const taken = mkdtempSync(`${logs}/taken-`);
  return all.slice(0, processes).map(() => ({
    command: [...node, "test/together.ts", taken, ...all],
    cwd: js,
    env,
    again: (/** @type {string} */ log) => {
      const failed = new Set([...log.matchAll(/^not ok \d+ - (\S+)/gm)].map(([, name]) => name));
      return all.filter((file) => failed.has(basename(file))).map((file) => alone(env, file));
    },
  }));
}

/** The client's units, which start quicker together, and what puts its own WebAssembly in place before. */
function units() {
  const ownGlobals = (/** @type {string} */ file) => file === "module/supervisor.test.ts";
  return [...together({}, "unit", (file) => !ownGlobals(file)), ...each({}, "unit", ownGlobals)];
}

/** The environment of end-to-end tests. */
const driving = (/** @type {string} */ engine, flavour = "tinygo") => ({ ENGINE: engine, FLAVOUR: flavour });

/** For what Chromium's headless shell cannot: it has no back-forward cache, no extensions, and hangs out of memory. */
const whole = { HEADLESS_SHELL: "" };

/** Go passes over tests whose package, files and environment are as they were when they passed, where CACHED allows it. */
const anew = process.env["CACHED"] ? [] : ["-count=1"];

const packagesOfGo = (/** @type {readonly string[]} */ args) => ({ command: ["go", "test", "-v", ...args] });

/** What of Go's failed, a package each: one that was not built fails again. */
const failedPackages = (/** @type {string} */ log) =>
  [...log.matchAll(/^FAIL\t(\S+)/gm)].map(([, name = ""]) => packagesOfGo(["-count=1", name]));

/** What needs no globals of Node's but its own, and a page. */
const inPages = (/** @type {string} */ file) =>
  /^(browser|coming-over|frames|intrinsics|oauth2|polluted)\./.test(file);

/** What needs the back-forward cache. */
const goesBack = (/** @type {string} */ file) => /^(kept-page|returning)\./.test(file);

/** @type {readonly Suite[]} */
export const suites = [
  suite("native", () => [{ ...packagesOfGo([...anew, "./..."]), again: failedPackages }], {
    counts: "go",
    lane: "processor",
    needs: "nothing",
  }),
  step("lint", "tools/lint.sh"),
  suite(
    "client",
    () => [
      ...units(),
      ...["frameworks", "docs"].flatMap((folder) => each({}, folder)),
      alone({}, "../tools/test/log.test.mjs"),
    ],
    { needs: "package" },
  ),
  suite("built", () => each({}, "built"), { needs: "package" }),
  // The hostile ones compute most, and are not side by side.
  suite("end to end, chromium", () => [
    ...together(driving("chromium"), "e2e", (file) => !goesBack(file)),
    ...each({ ...driving("chromium"), ...whole }, "e2e", goesBack),
  ]),
  suite("hostile, chromium", () => each({ ENGINE: "chromium" }, "hostile")),
  suite("end to end, firefox", () => together(driving("firefox"), "e2e")),
  suite("hostile, firefox", () => each({ ENGINE: "firefox" }, "hostile")),
  suite("end to end, webkit", () => together(driving("webkit"), "e2e")),
  suite("hostile, webkit", () => each({ ENGINE: "webkit" }, "hostile")),
  // What another compiler changes: the rules as recorded, what becomes of a module
  // that crashes, and what is seen of the package. The rest is the same JavaScript.
  suite("end to end, standard", () =>
    together({ ...driving("chromium", "standard"), ...whole }, "e2e", (file) =>
      /^(scenarios|crash|surface)\./.test(file),
    ),
  ),
  suite("packaging", () => each({}, "packaging")),
  suite("testing", () => each({}, "testing")),
  suite("extension, chromium", () => each({ ENGINE: "chromium", ...whole }, "extension")),
  suite("extension, firefox", () => each({ ENGINE: "firefox" }, "extension")),
  suite("environments", () => [
    ...together({ ENGINE: "chromium" }, "environments", inPages, 2),
    ...each({ ENGINE: "chromium" }, "environments", (file) => !inPages(file)),
  ]),
  suite("environments, firefox", () =>
    each({ ENGINE: "firefox" }, "environments", (file) => file.startsWith("frames.")),
  ),
  suite("wasm in a browser", () => [{ command: ["tools/test/wasm.sh"] }], { counts: "go" }),
  // What computes, and waits for nothing: it gives way.
  step("mutants", "nice", "make", "mutants"),
  step("fuzz", "nice", "make", "fuzz", "FUZZTIME=10000x"),
];
