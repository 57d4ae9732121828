import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ESLint } from "eslint";
import compat from "eslint-plugin-compat";

// What is built, held to the oldest browsers that docs/support.md names.

const dist = new URL("../../dist/", import.meta.url).pathname;
const page = readFileSync(new URL("../../../docs/support.md", import.meta.url), "utf8");
const oldest = [...page.matchAll(/^\| (Chrome|Edge|Firefox|Safari|Safari on iOS) \| ([\d.]+) \|/gm)].map(
  ([, name = "", version = ""]) => `${name === "Safari on iOS" ? "ios_saf" : name.toLowerCase()} ${version}`,
);

const eslint = new ESLint({
  overrideConfigFile: true,
  overrideConfig: [
    {
      plugins: { compat },
      rules: { "compat/compat": "error" },
      languageOptions: { ecmaVersion: 2020, sourceType: "module" },
      settings: {
        browsers: oldest,
        polyfills: ["navigator.locks"], // used where it is there: js/src/oauth2/lock.ts
      },
    },
  ],
});

/** What is wrong with a script there. */
async function lint(text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text);
  return (result?.messages ?? []).map(({ message }) => message);
}

test("docs/support.md names the oldest of each browser", () => {
  assert.equal(oldest.length, 5, oldest.join());
});

test("newer syntax and newer calls are found", async () => {
  assert.match(String(await lint("x ||= 1;")), /Parsing error/);
  assert.match(String(await lint("structuredClone(1);")), /not supported/);
});

for (const name of ["index", "inline", "slim", "messages", "oauth2", "oauth2-inline", "oauth2-slim"]) {
  test(`${name}.js has nothing that the oldest browsers lack`, async () => {
    assert.deepEqual(await lint(readFileSync(`${dist}${name}.js`, "utf8")), []);
  });
}

/** Whether a module is valid with these extensions of WebAssembly's first version alone. */
function valid(module: string, extensions: readonly string[]): boolean {
  const enabled = extensions.map((name) => `--enable-${name}`);
  const tool = new URL("../../node_modules/.bin/wasm-opt", import.meta.url).pathname;
  return spawnSync(tool, ["--mvp-features", ...enabled, module, "-o", "/dev/null"]).status === 0;
}

const extensions = ["bulk-memory", "sign-ext", "nontrapping-float-to-int", "mutable-globals"];
for (const name of ["traq-auth.wasm", "traq-auth-oauth2.wasm"]) {
  test(`${name} needs the extensions that docs/support.md names, and no other`, () => {
    const module = new WebAssembly.Module(readFileSync(dist + name));
    // It would enable what it names.
    assert.deepEqual(WebAssembly.Module.customSections(module, "target_features"), []);
    assert.ok(valid(dist + name, extensions));
    assert.ok(!valid(dist + name, extensions.slice(1)), "without bulk memory");
    for (const extension of extensions) {
      assert.ok(page.includes(`\`${extension}\``), extension);
    }
  });
}
