import { type Browser, launch } from "puppeteer-core";
import { chromium } from "./chromium.ts";
import { engine } from "./engine.ts";
import { firefox } from "./firefox.ts";
import { startWebKit } from "./webkit.ts";

/** Starts a browser of the engine that is tested. */
export const startBrowser = (): Promise<Browser> =>
  engine === "webkit" ? startWebKit() : launch(engine === "firefox" ? firefox : chromium);
