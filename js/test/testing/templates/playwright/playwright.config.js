import { defineConfig } from "@playwright/test";

const { PORT = "5173", CHROMIUM } = process.env;
const baseURL = `http://127.0.0.1:${PORT}`;

export default defineConfig({
  use: { baseURL, launchOptions: { executablePath: CHROMIUM, args: ["--no-sandbox"] } },
  webServer: { command: `node node_modules/vite/bin/vite.js --host 127.0.0.1 --port ${PORT}`, url: baseURL },
  timeout: 120_000,
  expect: { timeout: 60_000 },
});
