import { type Browser, launch } from "puppeteer-core";
import { chromium } from "./chromium.ts";

export const startBrowser = (): Promise<Browser> => launch(chromium);
