/** The repository's folder. */
export const root = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");

/** Where each suite's log is. */
export const logs = `${root}/build/test`;
