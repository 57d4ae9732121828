// What the entries import that is none of the sources.

/** The module in base64, put there by js/bundle. */
declare module "traq-auth.wasm" {
  const base64: string;
  export default base64;
}

/** What Node has; its own types would be global to all the sources. */
declare module "node:fs/promises" {
  export function readFile(path: URL): Promise<Uint8Array<ArrayBuffer>>;
}
