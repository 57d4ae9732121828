/**
 * Where the module is that comes with this file: beside it. For the entries to
 * which it comes otherwise, js/bundle takes another of these files.
 */
export const defaultModule = (): URL => new URL(MODULE_FILE, import.meta.url);
