import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { original, paths, read, root, target } from "./pages.ts";

// What programs read in place of the pages: llms.txt leads to each, and llms-full.txt has them all.

const folder = mkdtempSync(join(tmpdir(), "traq-auth-llms-"));
after(() => rmSync(folder, { recursive: true }));
execFileSync("node", ["tools/llms.mjs", folder], { cwd: root });
const [list = "", full = ""] = ["llms.txt", "llms-full.txt"].map((name) =>
  readFileSync(join(folder, name), "utf8"),
);

const readme = read("README.md");
const pages = paths.filter((path) => path === original(path) && path.startsWith("docs/"));

for (const path of pages) {
  test(`README and llms.txt lead to ${path}, which is in llms-full.txt`, () => {
    assert.ok(
      readme.links.some((link) => target(readme, link)?.path === path),
      "README does not",
    );
    assert.ok(list.includes(`(https://github.com/traq-auth/traq-auth/blob/main/${path}): to `));
    const [heading = ""] = /^# .*$/m.exec(read(path).text) ?? [];
    assert.ok(full.includes(`\n${heading}\n`));
  });
}

test("what they lead to is there from anywhere", () => {
  for (const [, link = ""] of `${list}${full}`.matchAll(/\]\(([^)]+)\)/g)) {
    assert.match(link, /^https?:/);
  }
});

test("llms.txt has a title, a summary and the API", () => {
  assert.match(list, /^# traq-auth\n\n> Sign in to traQ .+\.\n\n## Guides\n/);
  assert.ok(full.includes("export interface AuthClient "));
});
