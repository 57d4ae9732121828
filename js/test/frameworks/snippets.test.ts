import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");

// What the README shows is what is compiled and run here.
for (const readme of ["README.md", "README.ja.md"]) {
  for (const file of [
    ...["start.ts", "react.ts", "svelte.ts", "vue.ts"],
    ...["auth", "callback", "popup", "react", "svelte", "vue"].map((name) => `oauth2/${name}.ts`),
  ]) {
    test(`${readme} shows ${file}`, () => {
      const text = read(`../../../${readme}`);
      assert.ok(text.includes(`\n\`\`\`ts\n${read(file)}\`\`\`\n`), "it shows something else");
    });
  }
}
