import assert from "node:assert/strict";
import { test } from "node:test";
import { counters, read } from "./log.mjs";

// What "make test" shows of what failed.

const go = `ok  	example.org/first	0.012s
=== RUN   TestRight
--- PASS: TestRight (0.00s)
=== RUN   TestWrong
    wrong_test.go:3: it is wrong
--- FAIL: TestWrong (0.00s)
FAIL
FAIL	example.org/second	0.012s
ok  	example.org/third	0.012s
`;

const tap = `TAP version 13
# Subtest: right
ok 1 - right
  ---
  duration_ms: 1
  ...
# Subtest: wrong
not ok 2 - wrong
  ---
  error: it is wrong
  ...
1..2
# pass 1
# fail 1
# skipped 0
`;

test("of Go's tests, what the one says that failed, wherever its package stands", () => {
  assert.deepEqual(counters.go(go, 1), { passed: 1, failed: 1, skipped: 0 });
  assert.deepEqual(read(go).failures, ["    wrong_test.go:3: it is wrong", "--- FAIL: TestWrong (0.00s)"]);
});

test("of JavaScript's, the whole block", () => {
  assert.deepEqual(counters.tap(tap, 1), { passed: 1, failed: 1, skipped: 0 });
  assert.deepEqual(read(tap).failures, ["not ok 2 - wrong", "  ---", "  error: it is wrong", "  ..."]);
});
