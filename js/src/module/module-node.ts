import { readFile } from "node:fs/promises";

/** The module that comes with this file, for Node, whose fetch reads no files. */
export const defaultModule = (): Promise<Uint8Array<ArrayBuffer>> =>
  readFile(new URL(MODULE_FILE, import.meta.url));
