import { type Browser, launch } from "puppeteer-core";

/** Starts Chromium: that of CHROMIUM, or of Debian's package. */
export function startBrowser(): Promise<Browser> {
  return launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: [
      "--no-sandbox", // which root, as in CI, cannot have
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
