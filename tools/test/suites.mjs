// What "make test" runs, in the order in which it begins.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { root } from "./paths.mjs";

/** How many browsers there may be at once: pages are waited for, so that there may be more than processors. */
export const browsers = 3;

/**
 * @typedef {object} Task
 * @property {readonly string[]} command
 * @property {string} [cwd]
 * @property {Readonly<Record<string, string>>} [env]
 */

/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {"go" | "tap" | "step"} counts how the passed are counted in its log; of a step, by its status
 * @property {"processor" | "browser"} lane where it waits for its turn
 * @property {boolean} browserless whether it needs no browser on this machine, and of what is built the package alone
 * @property {() => readonly Task[]} tasks one, or several that may run side by side
 */

const js = `${root}/js`;

/** The test files below a folder of js, the largest first. */
const files = (/** @type {string} */ folder, name = /^/) =>
  readdirSync(`${js}/test/${folder}`, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".test.ts") && name.test(file) && !file.includes("node_modules"))
    .map((file) => `test/${folder}/${file}`)
    .sort((a, b) => statSync(`${js}/${b}`).size - statSync(`${js}/${a}`).size);

const node = ["node", "--import", "tsx", "--test-reporter=tap"];

/** @type {(name: string, tasks: Suite["tasks"], more?: Partial<Suite>) => Suite} */
const suite = (name, tasks, more) => ({
  name,
  counts: "tap",
  lane: "browser",
  browserless: false,
  tasks,
  ...more,
});

/** @type {(name: string, ...command: string[]) => Suite} */
export const step = (name, ...command) =>
  suite(name, () => [{ command }], { counts: "step", lane: "processor", browserless: true });

/** Test files of js, each in a process of its own. */
const each = (/** @type {Record<string, string>} */ env, /** @type {string} */ folder, name = /^/) =>
  files(folder, name).map((file) => ({ command: [...node, file], cwd: js, env }));

/**
 * Test files of js, in processes that take one after the other: to start a browser takes
 * as long as several tests.
 */
function together(/** @type {Record<string, string>} */ env, /** @type {string} */ folder, name = /^/) {
  const all = files(folder, name);
  const taken = mkdtempSync(`${tmpdir()}/traq-auth-test-`);
  return all
    .slice(0, browsers)
    .map(() => ({ command: [...node, "test/together.ts", taken, ...all], cwd: js, env }));
}

const endToEnd = (/** @type {string} */ engine, flavour = "tinygo", name = /^/) =>
  together({ ENGINE: engine, FLAVOUR: flavour }, "e2e", name);

/** What needs the back-forward cache. */
const goesBack = /^(kept-page|returning)\./;
const others = new RegExp(`^(?!${goesBack.source.slice(1)})`);

/** In the headless shell, and what needs more in Chromium as it is. */
function endToEndInChromium() {
  const shell = execFileSync(`${root}/tools/headless-shell.sh`, { encoding: "utf8" }).trim();
  const env = { ENGINE: "chromium", FLAVOUR: "tinygo" };
  return [
    ...together({ ...env, HEADLESS_SHELL: shell }, "e2e", others),
    ...each({ ...env, HEADLESS_SHELL: "" }, "e2e", goesBack),
  ];
}

/** @type {readonly Suite[]} */
export const suites = [
  suite("native", () => [{ command: ["go", "test", "-count=1", "-v", "./..."] }], {
    counts: "go",
    lane: "processor",
    browserless: true,
  }),
  step("lint", "tools/lint.sh"),
  suite("client", () => ["built", "unit", "frameworks"].flatMap((folder) => each({}, folder)), {
    browserless: true,
  }),
  // The hostile ones compute most, and are not side by side.
  suite("end to end, chromium", endToEndInChromium),
  suite("hostile, chromium", () => each({ ENGINE: "chromium" }, "hostile")),
  suite("end to end, firefox", () => endToEnd("firefox")),
  suite("hostile, firefox", () => each({ ENGINE: "firefox" }, "hostile")),
  suite("end to end, webkit", () => endToEnd("webkit")),
  suite("hostile, webkit", () => each({ ENGINE: "webkit" }, "hostile")),
  // What another compiler changes: the rules as recorded, what becomes of a module
  // that crashes, and what is seen of the package. The rest is the same JavaScript.
  suite("end to end, standard", () => endToEnd("chromium", "standard", /^(scenarios|crash|surface)\./)),
  suite("packaging", () => each({}, "packaging")),
  suite("extension, chromium", () => each({ ENGINE: "chromium" }, "extension")),
  suite("extension, firefox", () => each({ ENGINE: "firefox" }, "extension")),
  suite("environments", () => each({ ENGINE: "chromium" }, "environments")),
  suite("environments, firefox", () => each({ ENGINE: "firefox" }, "environments", /^frames\./)),
  suite("wasm in a browser", () => [{ command: ["tools/test/wasm.sh"] }], { counts: "go" }),
  // What computes, and waits for nothing: it gives way.
  step("mutants", "nice", "make", "mutants"),
  step("fuzz", "nice", "make", "fuzz", "FUZZTIME=10000x"),
];
