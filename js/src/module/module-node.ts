import { readFile } from "node:fs/promises";

/** The module's file, as "./traq-auth.wasm", put there by js/bundle. */
declare const MODULE_FILE: string;

/** The module that comes with this file, for Node, whose fetch reads no files. */
export const defaultModule = (): Promise<Uint8Array<ArrayBuffer>> =>
  readFile(new URL(MODULE_FILE, import.meta.url));
