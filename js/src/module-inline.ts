import base64 from "traq-auth.wasm";

/** The module that is in this file. */
export const own = (): Uint8Array<ArrayBuffer> => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
