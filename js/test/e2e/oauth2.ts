import type { Page } from "puppeteer-core";
import { type Outcome, outcome } from "./client.ts";
import type { Harness } from "./harness.ts";

// The OAuth2 client in a page of another origin than the server's.

export const clientId = "the-app";

/** What a page's client is made with. */
export interface Options {
  readonly baseURL?: string;
  readonly clientId?: string;
  readonly redirectURI?: string;
  readonly scope?: readonly string[];
  /** An expression. */
  readonly storage?: string;
  readonly timeout?: number;
  readonly retries?: number;
}

/** Where the server leads back to. */
export const redirectURI = (harness: Harness): string => `${harness.server.other}/_test/blank`;

/** Registers the client, and opens a page of the other origin. */
export async function openApp(harness: Harness, scopes: readonly string[] = ["read"]): Promise<Page> {
  await harness.server.act("client", clientId, redirectURI(harness), ...scopes);
  const page = await harness.page(harness.server.other);
  await page.evaluate(() => sessionStorage.clear());
  return page;
}

/** Another tab of the app's, with the same cookies. WebKit's driver does not see where a form has led a page. */
export async function openTab(page: Page, harness: Harness): Promise<Page> {
  const tab = await harness.tab(page);
  await tab.goto(redirectURI(harness));
  return tab;
}

/** The expression of a page's client, which it has until the next document. */
function client(harness: Harness, { storage, ...rest }: Options): string {
  const given = JSON.stringify({ baseURL: `${harness.server.origin}/api/v3`, clientId, ...rest });
  const stored = storage === undefined ? "" : `, storage: ${storage}`;
  const key = JSON.stringify(given + stored);
  return `((globalThis.apps ??= {})[${key}] ??= (await import("/pkg/oauth2.js")).createOAuth2Client({ ...${given}${stored} }))`;
}

/** Evaluates what comes behind a page's client, as ".getUser()". */
export const on = (
  page: Page,
  harness: Harness,
  expression: string,
  options: Options = {},
): Promise<Outcome> => outcome(page, client(harness, options) + expression);

/** Calls a function, of which this is the source, with a page's client. */
export const using = (
  page: Page,
  harness: Harness,
  source: string,
  options: Options = {},
): Promise<Outcome> => outcome(page, `(${source})(${client(harness, options)})`);

/** The code of the error that a call of a page's client rejects with, or what it returns. */
export async function code(
  page: Page,
  harness: Harness,
  expression: string,
  options?: Options,
): Promise<unknown> {
  const { value, error } = await on(page, harness, expression, options);
  return error?.["code"] ?? value;
}

/** Where a page is, once it has loaded. */
export async function address(page: Page): Promise<string> {
  for (let tries = 0; ; tries++) {
    try {
      return (await page.evaluate(
        `new Promise((resolve) => document.readyState === "complete" ? resolve(location.href)
          : addEventListener("load", () => resolve(location.href)))`,
      )) as string;
    } catch (error) {
      if (tries > 50) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 100)); // it was leaving
    }
  }
}

/** Waits until a page has left an address; returns where it then is. */
async function gone(page: Page, from: string): Promise<string> {
  for (let tries = 0; tries < 200; tries++) {
    const there = await address(page);
    if (there !== from && there !== "about:blank") {
      return there;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the page stays at ${from}`);
}

/** Begins a login; returns the address that it leads to. */
export async function start(
  page: Page,
  harness: Harness,
  login: object = {},
  options?: Options,
): Promise<string> {
  const expression = `.login(${JSON.stringify({ navigate: false, ...login })})`;
  const { value, error } = await on(page, harness, expression, options);
  if (!value) {
    throw new Error(JSON.stringify(error));
  }
  return (value as { url: string }).url;
}

/**
 * Presses a button of the server's pages; returns where that leads. By script: as a
 * person does it, it is pressed in the tests of the example's page, and takes longer.
 */
export async function press(page: Page, value: "Allow" | "Deny" | "Log in"): Promise<string> {
  const from = await address(page);
  await page.evaluate((name) => {
    const button = [...document.querySelectorAll("button")].find((one) => one.textContent.trim() === name);
    setTimeout(() => button?.click()); // the page is left once this has returned
  }, value);
  return gone(page, from);
}

/** Goes to where a login leads, and signs in there as alice where the server asks for that. */
export async function follow(page: Page, url: string): Promise<string> {
  await page.goto(url);
  const there = await address(page);
  if (!there.includes("/login?")) {
    return there;
  }
  await page.evaluate(() => {
    for (const [name, value] of Object.entries({ name: "alice", password: "password1234" })) {
      document.querySelector<HTMLInputElement>(`input[name=${name}]`)?.setAttribute("value", value);
    }
  });
  return press(page, "Log in");
}

/** Signs in as alice, from the login to where the server has led back to. */
export async function consent(
  page: Page,
  harness: Harness,
  login?: object,
  options?: Options,
): Promise<string> {
  await follow(page, await start(page, harness, login, options));
  return press(page, "Allow");
}

/** Signs in as alice, from the login to the token. */
export async function signIn(page: Page, harness: Harness, options?: Options): Promise<Outcome> {
  await consent(page, harness, {}, options);
  return on(page, harness, ".completeLogin()", options);
}

/** All that a page's storages hold, as a text. */
export const stored = (page: Page): Promise<string> =>
  page.evaluate("JSON.stringify([sessionStorage, localStorage])") as Promise<string>;

/** Lets so many milliseconds pass by a page's clock. */
export const pass = (page: Page, ms: number): Promise<void> =>
  page.evaluate((ms) => {
    const { now } = Date;
    Date.now = () => now() + ms;
  }, ms);
