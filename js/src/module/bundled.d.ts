// What the entries import that is none of the sources.

/** The module in hexadecimal digits, put there by js/bundle. */
declare module "traq-auth.wasm" {
  const hex: string;
  export default hex;
}

/** What Node has; its own types would be global to all the sources. */
declare module "node:fs/promises" {
  export function readFile(path: URL): Promise<Uint8Array<ArrayBuffer>>;
}
