import { type Browser, launch } from "puppeteer-core";
import { chromium } from "./chromium.ts";
import { engine } from "./engine.ts";
import { firefox } from "./firefox.ts";
import { startWebKit } from "./webkit.ts";

/**
 * Starts a browser of the engine that is tested. Without `requests`, Firefox tells of none,
 * which saves a sixth of its work.
 */
export function startBrowser(requests = true): Promise<Browser> {
  if (engine === "webkit") {
    return startWebKit();
  }
  return launch(engine === "firefox" ? { ...firefox, networkEnabled: requests } : chromium);
}

let shared: Promise<Browser> | undefined;
let sharing = false;

/** Whether a file's tests leave the browser to those of the next. */
export const isShared = (): boolean => sharing;

/**
 * Has all files of a process use one browser, which takes as long to start as several
 * tests; returns what closes it.
 */
export function shareBrowser(): () => Promise<void> {
  sharing = true;
  return async () => {
    await (await shared?.catch(() => undefined))?.close();
  };
}

/** The browser of the process; another one where it has crashed. */
export async function theBrowser(): Promise<Browser> {
  const browser = await shared?.catch(() => undefined);
  if (browser?.connected !== true) {
    shared = startBrowser(false);
  }
  return (await shared) as Browser;
}
