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
// The clients, each with its entries and its module.
const clients = [
  {
    entries: ["index.js", "inline.js", "cjs/index.js", "workerd.js", "slim.js", "cjs/slim.js"],
    module: "traq-auth.wasm",
  },
  {
    entries: [
      "oauth2.js",
      "oauth2-inline.js",
      "cjs/oauth2.js",
      "oauth2-workerd.js",
      "oauth2-slim.js",
      "cjs/oauth2-slim.js",
    ],
    module: "traq-auth-oauth2.wasm",
  },
];
const modules = clients.map(({ module }) => module);
const entries = [...clients.flatMap(({ entries }) => entries), "messages.js", "cjs/messages.js"];

const maps = entries.map((entry) => `${entry}.map`);

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
  const files = readdirSync(join(folder, "dist"), { recursive: true, encoding: "utf8" }).filter(
    (file) => file !== "cjs",
  );
  assert.deepEqual(files.sort(), ["build-info.json", ...entries, ...maps, ...modules].sort());
  for (const file of files) {
    assert.ok(readFileSync(join(folder, "dist", file)).equals(readFileSync(join(dist, file))), file);
  }
});

test("build-info.json names the compiler, its version and the modules", () => {
  const info = JSON.parse(readFileSync(join(dist, "build-info.json"), "utf8")) as Record<string, unknown>;
  assert.equal(info["compiler"], "tinygo");
  assert.match(String(info["compilerVersion"]), /^0\.\d+\.\d+$/);
  assert.deepEqual(
    info["modules"],
    Object.fromEntries(
      [...modules].sort().map((name) => {
        const bytes = readFileSync(join(dist, name));
        return [name, { sha256: createHash("sha256").update(bytes).digest("hex"), bytes: bytes.length }];
      }),
    ),
  );
});

test("the package has its types, and the module no path of the machine that built it", () => {
  assert.ok(readFileSync(join(dist, "index.d.ts"), "utf8").includes("createAuthClient"));
  for (const file of [...entries, ...modules]) {
    const text = readFileSync(join(dist, file), "latin1");
    assert.ok(!text.includes(root) && !text.includes(`${userInfo().homedir}/`), file);
  }
});

test("the functions of a first call stand in parentheses, whatever they are written as", () => {
  for (const file of [
    "index.js",
    "inline.js",
    "slim.js",
    "oauth2.js",
    "oauth2-inline.js",
    "oauth2-slim.js",
  ]) {
    const text = readFileSync(join(dist, file), "utf8");
    // encode and compileResponse, a method of the supervisor's, decode
    for (const shape of [
      /=\(function\(.{1,300}new Float64Array\(/,
      /\(async function\(.{1,400}\.arrayBuffer\(\)/,
      /\bcall:\(async function\(/,
      /\((?:\(?\w=>|function\(\w\))\{let \w=new Float64Array\(new Uint8Array\(/,
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
    ...["index", "messages", "errors", "types", "client-types", "option-types", "oauth2", "oauth2/types"].map(
      (name) => join(dist, `${name}.d.ts`),
    ),
  ];
  const members = new Set(
    outside.flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/^ +(?:readonly |get |set )?(\w+)\??[:(<]/gm)].map(
        ([, name]) => name,
      ),
    ),
  );
  assert.ok(
    ["aborted", "listSessions", "refreshOn", "getAccessToken"].every((name) => members.has(name)),
    "they are found",
  );
  assert.deepEqual(
    inner.filter((name) => members.has(name)),
    [],
  );
});

test("each entry has its own way to its own module, and none of another's", () => {
  const ways: Record<string, string> = {};
  for (const module of modules) {
    ways[`${module} beside`] = `new URL("./${module}",import.meta.url)`;
    ways[`${module} imported`] = `from"./${module}?module"`;
    ways[`${module} inside`] = readFileSync(join(dist, module)).toString("hex");
  }
  const found = (file: string): string[] => {
    const text = readFileSync(join(dist, file), "utf8");
    assert.equal(text.includes("import.meta"), /^(index|oauth2)\.js$/.test(file), file);
    return Object.keys(ways)
      .filter((way) => text.includes(ways[way] as string))
      .sort();
  };
  for (const { entries, module } of clients) {
    const [beside, inside, imported] = ["beside", "inside", "imported"].map((way) => [`${module} ${way}`]);
    assert.deepEqual(entries.map(found), [beside, inside, inside, imported, [], []]);
  }
  assert.deepEqual(found("messages.js"), []);
});

test("a source map has the text of each source, so that no tool reports a missing file", () => {
  for (const map of maps) {
    const { sources, sourcesContent } = JSON.parse(readFileSync(join(dist, map), "utf8")) as {
      sources: string[];
      sourcesContent: (string | null)[];
    };
    assert.deepEqual(
      sources.filter((_, i) => !sourcesContent[i]),
      [],
      map,
    );
  }
});
