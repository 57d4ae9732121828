import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

// What `make build` left in js/dist.

const root = new URL("../../../", import.meta.url).pathname;
const dist = join(root, "js/dist");
const entries = ["index.js", "inline.js", "messages.js", "node.js", "slim.js"];

test("two builds of the same sources are identical", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "traq-auth-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const bundle = join(folder, "bundle");
  execFileSync("go", ["build", "-o", bundle, "./js/bundle"], { cwd: root });
  // A cache of its own, so that the compiler really compiles.
  execFileSync(bundle, ["-flavour", "tinygo", "-out", join(folder, "dist")], {
    cwd: root,
    env: { ...process.env, GOCACHE: join(folder, "cache") },
  });
  const files = readdirSync(join(folder, "dist"));
  assert.deepEqual(files.sort(), ["build-info.json", ...entries, "traq-auth.wasm"].sort());
  for (const file of files) {
    assert.ok(readFileSync(join(folder, "dist", file)).equals(readFileSync(join(dist, file))), file);
  }
});

test("build-info.json names the compiler, its version and the module", () => {
  const info = JSON.parse(readFileSync(join(dist, "build-info.json"), "utf8")) as Record<string, unknown>;
  const module = readFileSync(join(dist, "traq-auth.wasm"));
  assert.equal(info["compiler"], "tinygo");
  assert.match(String(info["compilerVersion"]), /^0\.\d+\.\d+$/);
  assert.equal(info["wasmSha256"], createHash("sha256").update(module).digest("hex"));
  assert.equal(info["wasmBytes"], module.length);
});

test("the package has its types, and the module no path of the machine that built it", () => {
  assert.ok(readFileSync(join(dist, "index.d.ts"), "utf8").includes("createAuthClient"));
  for (const file of [...entries, "traq-auth.wasm"]) {
    const text = readFileSync(join(dist, file), "latin1");
    assert.ok(!text.includes(root) && !text.includes(`${userInfo().homedir}/`), file);
  }
});

test("the functions of a first call stand in parentheses, whatever they are written as", () => {
  for (const file of ["index.js", "inline.js", "slim.js"]) {
    const text = readFileSync(join(dist, file), "utf8");
    // encode and compileResponse, a method of the supervisor's, decode
    for (const shape of [
      /=\(function\(.{1,300}setFloat64/,
      /\(async function\(.{1,400}\.arrayBuffer\(\)/,
      /\bcall:\(async function\(/,
      /\(\(?\w=>\{let \w=new DataView/,
    ]) {
      assert.match(text, shape, file);
    }
    assert.match(text, /\bclose\(\)\{/, `${file}: one that no first call runs`);
  }
});

test("no member that is shortened is one of the platform's, or of the package's types", () => {
  const inner =
    /\^\(([\w|]+)\)\$/.exec(readFileSync(join(root, "tools/minify.mjs"), "utf8"))?.[1]?.split("|") ?? [];
  assert.ok(inner.length > 10, String(inner));
  const lib = join(root, "js/node_modules/typescript/lib");
  const outside = [
    ...readdirSync(lib)
      .filter((name) => /^lib\.(dom|es).*\.d\.ts$/.test(name))
      .map((name) => join(lib, name)),
    ...readdirSync(dist)
      .filter((name) => /^(index|errors|types|messages)\.d\.ts$/.test(name))
      .map((name) => join(dist, name)),
  ];
  const members = new Set(
    outside.flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/^ +(?:readonly |get |set )?(\w+)\??[:(<]/gm)].map(
        ([, name]) => name,
      ),
    ),
  );
  assert.ok(members.has("aborted") && members.has("listSessions"), "they are found");
  assert.deepEqual(
    inner.filter((name) => members.has(name)),
    [],
  );
});

test("each entry has its own way to the module, and none of another's", () => {
  const module = readFileSync(join(dist, "traq-auth.wasm")).toString("hex");
  const ways = {
    beside: 'new URL("./traq-auth.wasm",import.meta.url)',
    disk: 'from"node:fs/promises"',
    inside: module,
  };
  const expected: Record<string, (keyof typeof ways)[]> = {
    "index.js": ["beside"],
    "node.js": ["beside", "disk"],
    "inline.js": ["inside"],
    "slim.js": [],
    "messages.js": [],
  };
  for (const [file, has] of Object.entries(expected)) {
    const text = readFileSync(join(dist, file), "utf8");
    const found = (Object.keys(ways) as (keyof typeof ways)[]).filter((way) => text.includes(ways[way]));
    assert.deepEqual(found, has, file);
    assert.equal(text.includes("import.meta"), has.includes("beside"), file);
  }
});
