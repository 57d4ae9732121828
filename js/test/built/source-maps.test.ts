import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { TraceMap, originalPositionFor, sourceContentFor } from "@jridgewell/trace-mapping";

// What tools see of the sources.

const dist = new URL("../../dist/", import.meta.url).pathname;
const read = (file: string): string => readFileSync(join(dist, file), "utf8");
const scripts = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".js"),
);

/** A text of each script that stands once in its source too. */
const marks: readonly [script: RegExp, text: string, source: string][] = [
  [/messages/, "Too many tries.", "src/messages.ts"],
  [/(?:)/, "could not be fetched; check", "src/module/load.ts"],
];

for (const script of scripts) {
  test(`${script}.map leads to the sources, which are in it`, () => {
    const map = new TraceMap(read(`${script}.map`));
    const lines = read(script).split("\n");
    const [, text = "", source = ""] = marks.find(([which]) => which.test(script)) ?? [];
    const line = lines.findIndex((line) => line.includes(text));
    const column = lines[line]?.indexOf(text) ?? -1;
    const found = originalPositionFor(map, { line: line + 1, column });
    assert.match(found.source ?? "", new RegExp(`${source}$`));
    const content = sourceContentFor(map, found.source ?? "") ?? "";
    assert.equal(content, readFileSync(join(dist, "..", source), "utf8"));
    assert.ok(content.split("\n")[(found.line ?? 0) - 1]?.includes(text), `line ${String(found.line)}`);
  });
}

test("no page loads a source map: what is not for tools does not name it", () => {
  const naming = scripts.filter((script) => read(script).includes("sourceMappingURL"));
  assert.deepEqual(
    naming.sort(),
    ["inline", "oauth2-inline", "workerd", "oauth2-workerd"]
      .concat(["index", "messages", "oauth2", "oauth2-slim", "slim"].map((name) => `cjs/${name}`))
      .map((name) => `${name}.js`)
      .sort(),
  );
});
