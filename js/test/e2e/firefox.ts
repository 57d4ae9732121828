/** How Firefox is started: that of FIREFOX, or of Debian's package. */
export const firefox = {
  browser: "firefox",
  args: ["--kiosk"] as string[], // its own bars cost a quarter of its work
  acceptInsecureCerts: true, // the hostile server's
  executablePath: process.env["FIREFOX"] ?? "/usr/bin/firefox-esr",
  extraPrefsFirefox: {
    // Pages that are not in front are driven too, and draw once a second else.
    "layout.throttled_frame_rate": 60,
    // What a browser does for the person at it, a third of its work here: it
    // remembers pages and tabs, fetches icons, and has processes ready.
    "places.history.enabled": false,
    "browser.sessionstore.interval": 1_000_000_000,
    "browser.sessionstore.max_tabs_undo": 0,
    "browser.sessionstore.max_windows_undo": 0,
    "browser.chrome.site_icons": false,
    "browser.newtab.preload": false,
    "browser.discovery.enabled": false,
    "app.normandy.enabled": false,
    "toolkit.telemetry.enabled": false,
    "toolkit.telemetry.unified": false,
    "dom.ipc.processPrelaunch.enabled": false,
    // Its built-in extensions take no process of their own, and its bars move at once.
    "extensions.webextensions.remote": false,
    "ui.prefersReducedMotion": 1,
  },
} as const;
