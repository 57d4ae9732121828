/**
 * Sign in to traQ from a page on its own origin, or behind a proxy: a client of traQ's Authentication API.
 *
 * @packageDocumentation
 */
export { createAuthClient } from "./client.js";
export { AuthError, type AuthErrorCode, isAuthError } from "./errors.js";
export type {
  Account,
  AuthClient,
  AuthClientOptions,
  AuthStorage,
  CallOptions,
  Credentials,
  LeaveOptions,
  LoginOptions,
  LogoutOptions,
  Operation,
  Redirected,
  RedirectOptions,
  RedirectOutcome,
  RefreshOnOptions,
  RevokedSessions,
  ServerInfo,
  Session,
  Snapshot,
  User,
  WasmFactory,
  WasmSource,
} from "./types.js";
