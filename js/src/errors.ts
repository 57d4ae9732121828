import type { Operation } from "./types.js";

/** The codes that this version gives. */
export type KnownCode =
  | "invalid_credentials"
  | "already_logged_in"
  | "authorization_not_allowed"
  | "invalid_request"
  | "account_suspended"
  | "not_authenticated"
  | "invalid_token"
  | "insufficient_scope"
  | "bot_not_permitted"
  | "provider_not_enabled"
  | "already_linked"
  | "not_linked"
  | "not_found"
  | "rate_limited"
  | "server_error"
  | "invalid_response"
  | "invalid_argument"
  | "unsafe_redirect"
  | "browser_required"
  | "disposed"
  | "network_error"
  | "timeout"
  | "cross_origin_blocked"
  | "cookie_not_kept"
  | "current_session_unknown"
  | "wasm_load_failed"
  | "runtime_crashed"
  // Of OAuth2's alone:
  | "access_denied"
  | "login_required"
  | "consent_required"
  | "invalid_scope"
  | "invalid_client"
  | "invalid_grant"
  | "state_mismatch"
  | "login_not_started"
  | "secure_context_required";

/**
 * What went wrong. Switch on it, with a default branch, because a later version may add codes.
 * [Errors](https://github.com/traq-auth/traq-auth/blob/main/docs/errors.md) says of each code what
 * happened, what your application should do, and what to tell the user.
 */
export type AuthErrorCode = KnownCode | (string & {});

/** The members of an {@link AuthError} besides its code and message. */
export interface AuthErrorDetails {
  status?: number | null;
  serverMessage?: string | null;
  requestId?: string | null;
  retryAfterMs?: number | null;
  retryable?: boolean;
  cause?: unknown;
}

const name = "AuthError";

// Shared by all copies of the package on a page.
const brand: unique symbol = Symbol.for("traq-auth.AuthError") as never;

/**
 * Why a call failed. It contains no password and no token.
 *
 * @example
 * ```ts
 * try {
 *   await auth.login({ name: "alice", password: "password1234" });
 * } catch (error) {
 *   if (isAuthError(error) && error.code === "invalid_credentials") {
 *     console.log("The name or the password is wrong.");
 *   }
 * }
 * ```
 */
export class AuthError extends Error {
  /** Always `"AuthError"`. */
  declare readonly name: typeof name;
  /** What went wrong. Switch on it. */
  declare readonly code: AuthErrorCode;
  /** The call that failed. */
  declare readonly operation: Operation;
  /** The response's HTTP status; null if there was no response. */
  declare readonly status: number | null;
  /** The server's own message, unchanged; null if it sent none, or one that must not be shown. */
  declare readonly serverMessage: string | null;
  /** The response's X-Request-Id, by which the server's operator finds the request; null if there was none. */
  declare readonly requestId: string | null;
  /** The response's Retry-After in milliseconds; null if there was none, or on a page of another origin, which cannot see it. */
  declare readonly retryAfterMs: number | null;
  /** Whether the same call may succeed later although nothing else changes. */
  declare readonly retryable: boolean;
  /** The error underneath, for instance of your own `fetch`; undefined if there was none. */
  declare readonly cause: unknown;

  constructor(operation: Operation, code: AuthErrorCode, message: string, details: AuthErrorDetails = {}) {
    super(`${operation}: ${message}`);
    const none = { status: null, serverMessage: null, requestId: null, retryAfterMs: null };
    const all = { name, operation, code, ...none, retryable: false, cause: undefined, ...details };
    // Not assigned: where a page has frozen Error.prototype, as SES does, that throws.
    for (const [key, value] of Object.entries(all)) {
      // The descriptor has nothing of an Object.prototype that somebody wrote to.
      const descriptor = { __proto__: null, value, configurable: true, enumerable: true, writable: true };
      Object.defineProperty(this, key, descriptor);
    }
  }

  /** Says to every copy of the package that this is an AuthError. */
  get [brand](): true {
    return true;
  }

  /** The error as plain data, without its cause and its stack. */
  toJSON(): object {
    return { ...(this as object), message: this.message, cause: undefined };
  }
}

/** Whether a value is an AuthError with this code. */
export const hasCode = (value: unknown, code: KnownCode): boolean =>
  isAuthError(value) && value.code === code;

/**
 * Whether a value is an {@link AuthError}, of this copy of the package or of another one.
 *
 * @example
 * ```ts
 * const message = isAuthError(error) ? error.code : "unknown";
 * ```
 */
export function isAuthError(value: unknown): value is AuthError {
  try {
    return (value as { [brand]?: unknown } | null | undefined)?.[brand] === true;
  } catch {
    return false; // a window of another origin, a revoked proxy
  }
}
