import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Page } from "puppeteer-core";
import { needing } from "./engine.ts";
import { useHarness } from "./harness.ts";
import { button, counts, field, open, shows, spoken } from "./page.ts";

// The example's page in Japanese.

const emulationTest = needing("emulation");
const harness = useHarness();
beforeEach(() => harness.reset());

const japanese = async (): Promise<Page> => {
  const page = await open(harness);
  await button(page, "日本語").click();
  await shows(page, "ログイン");
  return page;
};

test("who chose Japanese is spoken to in Japanese, and may choose English again", async () => {
  const page = await japanese();
  assert.equal(await page.evaluate(() => document.documentElement.lang), "ja");
  await counts(page, "OpenID Connect でログイン", 1);
  await shows(page, "外部サービスのアカウントでログイン");
  await field(page, "名前").fill("alice");
  await field(page, "パスワード").fill("wrong");
  await button(page, "ログイン").click();
  await shows(page, "名前かパスワードが違います。");
  await field(page, "パスワード").fill("password1234");
  await button(page, "ログイン").click();
  await shows(page, "現在のセッション");
  assert.doesNotMatch(await spoken(page), /[A-Za-z]{2,}/);
  await button(page, "ログアウト").click();
  await shows(page, "ログアウトしました。");
  await button(page, "English").click();
  await counts(page, "Sign in", 1);
  assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
});

emulationTest("a browser that speaks Japanese is spoken to in Japanese at once", async () => {
  const page = await harness.page();
  const cdp = await page.createCDPSession();
  await cdp.send("Emulation.setUserAgentOverride", {
    userAgent: await page.evaluate(() => navigator.userAgent),
    acceptLanguage: "ja-JP",
  });
  await page.goto(harness.server.origin);
  await shows(page, "名前");
  assert.equal(await page.title(), "traQ アカウント");
  await cdp.detach();
});

test("what was given wrong is told in Japanese, with the library's reason", async () => {
  const page = await japanese();
  await field(page, "名前").fill("a b");
  await field(page, "パスワード").fill("x");
  await button(page, "ログイン").click();
  await shows(page, /入力された内容が正しくありません。[^]*name must be 1 to 32 characters/);
});
