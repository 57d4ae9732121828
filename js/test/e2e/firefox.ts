/** How Firefox is started: that of FIREFOX, or of Debian's package. */
export const firefox = {
  browser: "firefox",
  executablePath: process.env["FIREFOX"] ?? "/usr/bin/firefox-esr",
} as const;
