/**
 * traQ's Authentication API for the browser.
 *
 * @packageDocumentation
 */
export { createAuthClient } from "./client.js";
export { AuthError, type AuthErrorCode, isAuthError } from "./errors.js";
export type {
  Account,
  AuthClient,
  AuthClientOptions,
  CallOptions,
  Credentials,
  LinkAccountOptions,
  LoginOptions,
  LogoutOptions,
  Operation,
  Redirected,
  RedirectOptions,
  ServerInfo,
  Session,
  User,
  WasmFactory,
  WasmSource,
} from "./types.js";
