import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";
import { AuthError, isAuthError } from "../../src/errors.ts";
import { reading } from "../../src/options.ts";

/** Does something to the prototypes of a fresh realm's Error, and makes an AuthError there. */
function errorIn(prepare: string): Record<string, unknown> {
  const source = AuthError.toString();
  return runInNewContext(`
    ${prepare};
    const name = "AuthError", brand = Symbol.for("traq-auth.AuthError"), __name = (f) => f;
    const Made = ${source};
    const error = new Made("login", "invalid_credentials", "wrong", { status: 401 });
    ({ error: error instanceof Error, name: error.name, code: error.code, operation: error.operation, status: error.status,
       retryable: error.retryable, message: error.message, text: String(error), keys: Object.keys(JSON.parse(JSON.stringify(error))).join() })`) as Record<
    string,
    unknown
  >;
}

for (const prepare of [
  "",
  "Object.freeze(Error.prototype)",
  "Object.freeze(Object.prototype)",
  "Object.freeze(Error.prototype); Object.freeze(Object.prototype); Object.freeze(Error); Object.freeze(Object)",
  "Object.prototype.code = Object.prototype.status = 'x'; Object.freeze(Object.prototype)",
  "for (const key of ['code', 'operation', 'status', 'cause', 'retryable']) Object.defineProperty(Error.prototype, key, { get: () => 'x' })",
  "Object.defineProperty(Error.prototype, 'requestId', { value: 'x' })",
]) {
  test(`an AuthError is one where a page did: ${prepare || "nothing"}`, () => {
    assert.deepEqual(
      { ...errorIn(prepare) },
      {
        error: true,
        name: "AuthError",
        code: "invalid_credentials",
        operation: "login",
        status: 401,
        retryable: false,
        message: "login: wrong",
        text: "AuthError: login: wrong",
        keys: "name,operation,code,status,serverMessage,requestId,retryAfterMs,retryable,message",
      },
    );
  });
}

test("what another copy of the package threw goes through unchanged", () => {
  const theirs = { [Symbol.for("traq-auth.AuthError")]: true };
  assert.ok(isAuthError(theirs));
  assert.throws(
    () =>
      reading("login", () => {
        throw theirs;
      }),
    (error) => error === theirs,
  );
});
