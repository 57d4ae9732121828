import type { Text } from "../module/wire.js";

/** What the module is given of a response's body. js/bundle takes body-oauth2.ts for the OAuth2 client. */
export const bodyOf = (pieces: Uint8Array[] | null): Text => pieces;
