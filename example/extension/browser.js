/** What the browser gives an extension; Firefox calls it browser, Chromium chrome. */
export const browser = globalThis.browser ?? globalThis.chrome;
