/** How Firefox is started: that of FIREFOX, or of Debian's package. */
export const firefox = {
  browser: "firefox",
  acceptInsecureCerts: true, // the hostile server's
  executablePath: process.env["FIREFOX"] ?? "/usr/bin/firefox-esr",
  extraPrefsFirefox: {
    // Pages that are not in front are driven too, and draw once a second else.
    "layout.throttled_frame_rate": 60,
  },
} as const;
