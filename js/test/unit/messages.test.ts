import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { AuthError, type AuthErrorCode } from "../../src/errors.ts";
import { describe, type Language } from "../../src/messages.ts";
import type { Operation } from "../../src/types.ts";

// That each of the client's codes has its words, the compiler sees to. These
// are the codes of the core, and of the tables in docs/errors.md.
const source = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
const core = source("authcore/errors.go") + source("authcore/oauth2_errors.go");
const ofCore = [...core.matchAll(/Code = "(\w+)"/g)].map(([, code]) => code as string);
const rows = (path: string): Map<string, string> =>
  new Map(
    [...source(path).matchAll(/^\| `([a-z_]+)` \|.*\|.*\| (.+) \|$/gm)].map(([, code = "", words = ""]) => [
      code,
      words,
    ]),
  );
const pages = { en: rows("docs/errors.md"), ja: rows("docs/ja/errors.md") };
const ofPage = pages.en.keys();

const end: Record<Language, RegExp> = { en: /[^ ]\.$/, ja: /。$/ };
const general = (language: Language): string => describe(new Error(), language);

test("there are codes", () => {
  assert.ok(
    ofCore.includes("invalid_credentials") &&
      ofCore.includes("state_mismatch") &&
      pages.en.has("wasm_load_failed"),
  );
});

for (const code of new Set([...ofCore, ...ofPage])) {
  for (const language of ["en", "ja"] as const) {
    test(`${code} has its own words, in ${language}`, () => {
      const words = describe(new AuthError("login", code, "m"), language);
      assert.match(words, end[language]);
      assert.notEqual(words, general(language));
      assert.equal(pages[language].get(code), words, "docs/errors.md says something else");
    });
  }
}

test("a logout that could not be sent is not to be tried again", () => {
  const error = (operation: Operation, code: AuthErrorCode, retryable: boolean): AuthError =>
    new AuthError(operation, code, "m", { retryable });
  for (const code of [
    "network_error",
    "timeout",
    "server_error",
    "rate_limited",
    "invalid_response",
  ] as const) {
    const retryable = code !== "invalid_response";
    assert.match(describe(error("logout", code, retryable), "en"), /^You are signed out here/);
    assert.match(describe(error("logout", code, retryable), "ja"), /^ここではログアウトしました/);
    assert.equal(describe(error("refresh", code, retryable), "en"), pages.en.get(code));
  }
  for (const [code, retryable] of [
    ["invalid_argument", false],
    ["wasm_load_failed", true],
  ] as const) {
    assert.equal(describe(error("logout", code, retryable), "en"), pages.en.get(code));
  }
});

test("anything else gets general words", () => {
  for (const error of [
    new Error("x"),
    new DOMException("x", "AbortError"),
    undefined,
    { code: "network_error" },
    new AuthError("login", "of_a_later_version", "m"),
    new AuthError("login", "constructor", "m"),
  ]) {
    assert.match(describe(error, "en"), end.en);
    assert.match(describe(error, "ja"), end.ja);
    assert.equal(describe(error, "en"), general("en"));
  }
});
