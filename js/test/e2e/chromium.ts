/**
 * How Chromium is started: that of HEADLESS_SHELL, which is the same without its own
 * bars, a third of its work, and without its back-forward cache; or of CHROMIUM, or of
 * Debian's package.
 */
export const chromium = {
  executablePath: process.env["HEADLESS_SHELL"] || process.env["CHROMIUM"] || "/usr/bin/chromium",
  acceptInsecureCerts: true, // the hostile server's
  args: [
    "--no-sandbox", // which root, as in CI, cannot have
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    // Pages of the address bar's, which each new window loads and nobody sees, and
    // a process for a page that may come next.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,SpareRendererForSitePerProcess",
  ],
};
