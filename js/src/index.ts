/**
 * Sign in to traQ from a page on its own origin, or behind a proxy: a client of traQ's Authentication API.
 *
 * @packageDocumentation
 */
export { createAuthClient } from "./client.js";
export { AuthError, type AuthErrorCode, isAuthError } from "./errors.js";
export type { AuthClient } from "./client-types.js";
export type {
  AuthClientOptions,
  AuthStorage,
  CallOptions,
  Credentials,
  LeaveOptions,
  LoginOptions,
  LogoutOptions,
  RedirectOptions,
  RefreshOnOptions,
  WasmFactory,
  WasmSource,
} from "./option-types.js";
export type {
  Account,
  Operation,
  Redirected,
  RedirectOutcome,
  RevokedSessions,
  ServerInfo,
  Session,
  Snapshot,
  User,
} from "./types.js";
