import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { install, projects, run, tarball } from "./project.ts";

// The tarball itself, and its types.

const js = new URL("../../", import.meta.url).pathname;
const project = install("alone");

/** Runs one of this repository's tools, which must find nothing. */
function passes(name: string, ...args: string[]): void {
  const { status, stdout } = spawnSync(join(js, "node_modules/.bin", name), args, {
    cwd: js,
    encoding: "utf8",
  });
  assert.equal(status, 0, stdout);
}

const types = [
  "client",
  "client-types",
  "errors",
  "index",
  "messages",
  "option-types",
  "slim",
  "types",
  "wasm",
].concat(["", "-slim", "/client", "/types"].map((name) => `oauth2${name}`));
const scripts = [
  ...["index", "inline", "messages", "slim", "workerd"],
  ...["oauth2", "oauth2-inline", "oauth2-slim", "oauth2-workerd"],
  ...["index", "messages", "oauth2", "oauth2-slim", "slim"].map((name) => `cjs/${name}`),
];
const modules = ["traq-auth.wasm", "traq-auth-oauth2.wasm"];

test("the tarball holds this and nothing else", () => {
  const files = execFileSync("tar", ["tzf", tarball], { encoding: "utf8" }).trim().split("\n");
  assert.deepEqual(
    files.map((file) => file.replace("package/", "")).sort(),
    [
      "LICENSE",
      "README.md",
      "package.json",
      ...scripts.flatMap((name) => [`dist/${name}.js`, `dist/${name}.js.map`]),
      ...["", "cjs/"].flatMap((folder) => types.map((name) => `dist/${folder}${name}.d.ts`)),
      ...["inline", "messages", "oauth2", "oauth2/inline", "oauth2/slim", "slim", ...modules].map(
        (folder) => `${folder}/package.json`,
      ),
      "dist/cjs/package.json",
      "dist/build-info.json",
      ...modules.map((name) => `dist/${name}`),
    ].sort(),
  );
});

test("publint finds nothing", () => {
  passes("publint", tarball, "--strict");
});

test("its types are right for each way of resolving, by @arethetypeswrong/cli", () => {
  passes("attw", tarball);
});

test("an integrity other than the tarball's is refused", () => {
  const folder = join(projects, "refused");
  cpSync(project, folder, { recursive: true });
  const lock = join(folder, "package-lock.json");
  writeFileSync(lock, readFileSync(lock, "utf8").replace(/sha512-../, "sha512-00"));
  const { stderr } = spawnSync("npm", ["ci", "--offline"], { cwd: folder, encoding: "utf8" });
  assert.match(stderr, /EINTEGRITY/);
});

const typescript = install("typescript");
for (const [version, bin, ways] of [
  ["5.0", join(typescript, "node_modules/typescript-5.0/bin/tsc"), ["bundler", "node10", "node16"]],
  ["5.9", join(js, "node_modules/typescript/bin/tsc"), ["bundler", "node10", "node16", "nodenext"]],
  ["7.0", join(typescript, "node_modules/typescript/bin/tsc"), ["bundler", "node16", "nodenext"]], // has no node10
] as const) {
  for (const moduleResolution of ways) {
    test(`every call has its types in TypeScript ${version} under moduleResolution ${moduleResolution}`, () => {
      const module = ["bundler", "node10"].includes(moduleResolution) ? "esnext" : moduleResolution;
      const options = ["--module", module, "--moduleResolution", moduleResolution, "--target", "es2022"];
      const strict = ["--strict", "--exactOptionalPropertyTypes", "--noEmit"];
      assert.equal(run(project, bin, "--version").slice(8, 11), version);
      // Where there are no types of other packages.
      const args = [bin, ...strict, ...options, "types.ts"];
      const { status, stdout } = spawnSync(process.execPath, args, { cwd: project, encoding: "utf8" });
      assert.equal(status, 0, stdout);
    });
  }
}

for (const [how, given] of [
  ["import", "await import(entry)"],
  ["require", "createRequire(import.meta.url)(entry)"],
] as const) {
  test(`every entry is there for ${how}, with the same names`, () => {
    const names = `
    import { createRequire } from "node:module";
    const of = async (entry) => Object.keys(${given}).sort().join();
    for (const entry of ["", "/inline", "/slim", "/oauth2", "/oauth2/inline", "/oauth2/slim", "/messages"]) {
      console.log(await of("traq-auth" + entry));
    }`;
    const cookie = "AuthError,createAuthClient,isAuthError";
    const oauth2 = "AuthError,createOAuth2Client,isAuthError";
    assert.deepEqual(run(project, "--input-type=module", "--eval", names).trim().split("\n"), [
      ...[cookie, cookie, cookie],
      ...[oauth2, oauth2, oauth2],
      "describe",
    ]);
  });
}

test("an error of what is required is one of what is imported", () => {
  const use = `
    import { createRequire } from "node:module";
    import { isAuthError } from "traq-auth";
    const { AuthError, isAuthError: isRequired } = createRequire(import.meta.url)("traq-auth");
    const error = new AuthError("login", "timeout", "?");
    console.log(isAuthError(error), isRequired(error));`;
  assert.equal(run(project, "--input-type=module", "--eval", use), "true true\n");
});

test("traq-auth/slim says that it needs the module, and takes it", () => {
  const use = `
    import { readFileSync } from "node:fs";
    import { createAuthClient } from "traq-auth/slim";
    for (const options of [undefined, {}, { wasm: undefined }]) {
      try { createAuthClient(options) } catch ({ code, message }) { console.log(code, message) }
    }
    const wasm = readFileSync(new URL(import.meta.resolve("traq-auth/traq-auth.wasm")));
    await createAuthClient({ wasm }).ready();
    console.log("ready");`;
  const refused =
    "invalid_argument createAuthClient: wasm must be given: traq-auth/slim comes without the module\n";
  assert.equal(run(project, "--input-type=module", "--eval", use), `${refused.repeat(3)}ready\n`);
});

test("traq-auth/oauth2/slim says that it needs the module, and takes it", () => {
  const use = `
    import { readFileSync } from "node:fs";
    import { createOAuth2Client } from "traq-auth/oauth2/slim";
    const app = { baseURL: "https://q.example/api/v3", clientId: "c" };
    for (const options of [app, { ...app, wasm: undefined }]) {
      try { createOAuth2Client(options) } catch ({ code, message }) { console.log(code, message) }
    }
    const wasm = readFileSync(new URL(import.meta.resolve("traq-auth/traq-auth-oauth2.wasm")));
    await createOAuth2Client({ ...app, wasm }).ready();
    console.log("ready");`;
  const refused =
    "invalid_argument createOAuth2Client: wasm must be given: traq-auth/oauth2/slim comes without the module\n";
  assert.equal(run(project, "--input-type=module", "--eval", use), `${refused.repeat(2)}ready\n`);
});
