/**
 * Sign in to traQ from a page on any origin, by OAuth2 (RFC 6749, with PKCE, RFC 7636).
 *
 * @packageDocumentation
 */
export { createOAuth2Client } from "./oauth2/client.js";
export { AuthError, type AuthErrorCode, isAuthError } from "./errors.js";
export type { OAuth2Client, OAuth2ClientOptions, OAuth2LoginOptions, Scope } from "./oauth2/types.js";
export type {
  AuthStorage,
  CallOptions,
  LeaveOptions,
  RefreshOnOptions,
  WasmFactory,
  WasmSource,
} from "./option-types.js";
export type { Operation, Snapshot, User } from "./types.js";
