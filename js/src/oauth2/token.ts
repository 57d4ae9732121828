import type { Read } from "../call/results.js";
import type { Check } from "../storage.js";

/** What the server gave. */
export interface Token {
  readonly access: string;
  /** null where it cannot be renewed. */
  readonly refresh: string | null;
  readonly scope: string;
  /** When it expires, in milliseconds since 1970 by the page's clock; null where the server is silent. */
  readonly due: number | null;
  /** The state of the login that it is from, by which that is known to be completed. */
  readonly login: string;
}

// RFC 6750, section 2.1, and what the module takes.
export const isToken = (value: unknown): value is string =>
  typeof value === "string" && value.length <= 4096 && /^[\w.~+/-]+=*$/.test(value);

export const checkToken: Check<Token> = ({ access, refresh, scope, due, login }) =>
  isToken(access) &&
  (refresh === null || isToken(refresh)) &&
  typeof scope === "string" &&
  (due === null || typeof due === "number") &&
  typeof login === "string"
    ? { access, refresh, scope, due, login }
    : null;

/** Reads a token that was asked for at a time, by a login. */
export const readToken =
  (asked: number, login: string): Read<Token> =>
  ({ numbers: [seconds], texts: [access, refresh, scope] }) =>
    ({ access, refresh, scope, due: seconds ? asked + 1000 * seconds : null, login }) as Token;

/** Milliseconds before it expires from which a token is renewed. */
const ahead = 30_000;

/** Whether a token is to be renewed before it is used. */
export const isDue = ({ refresh, due }: Token): boolean =>
  due !== null && due - (refresh === null ? 0 : ahead) <= Date.now();
