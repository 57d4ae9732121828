/** The module's file, as "./traq-auth.wasm", put there by js/bundle. */
declare const MODULE_FILE: string;

/**
 * Where the module is that comes with this file: beside it. For the entries to
 * which it comes otherwise, js/bundle takes another of these files.
 */
export const defaultModule = (): URL => new URL(MODULE_FILE, import.meta.url);
