import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { test } from "node:test";
import { read, root } from "./pages.ts";

test("README as npm shows it leads to the same places, from anywhere", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "traq-auth-readme-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const made = join(folder, "README.md");
  execFileSync("node", ["tools/npm-readme.mjs", "README.md", made], { cwd: root });
  const absolute = (link: string): string => {
    const home = "traq-auth/traq-auth";
    return link.endsWith(".png")
      ? `https://raw.githubusercontent.com/${home}/main/${link}`
      : `https://github.com/${home}/blob/main/${link}`;
  };
  const { links } = read("README.md");
  assert.ok(links.includes("example/page.png") && links.includes("docs/errors.md"));
  assert.deepEqual(
    read(relative(root, made)).links,
    links.map((link) => (link.startsWith("https:") ? link : absolute(link))),
  );
});
