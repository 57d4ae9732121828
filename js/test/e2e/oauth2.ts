import type { Page } from "puppeteer-core";
import { engine } from "./engine.ts";
import type { Harness } from "./harness.ts";
import { type Outcome, outcome } from "./client.ts";

// The OAuth2 client in a page of another origin than the server's.

export const clientId = "the-app";

/** What a page's client is made with. */
export interface Options {
  readonly baseURL?: string;
  readonly clientId?: string;
  readonly redirectURI?: string;
  readonly scope?: readonly string[];
  /** The name of the page's storage; null for none. */
  readonly storage?: "localStorage" | "sessionStorage" | null;
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

/** The expression of a page's client, which it keeps until the next document. */
export function client(harness: Harness, options: Options = {}): string {
  const { storage, ...rest } = options;
  const given = JSON.stringify({ baseURL: `${harness.server.origin}/api/v3`, clientId, ...rest });
  const stored = storage === undefined ? "" : `, storage: ${String(storage)}`;
  return `(globalThis.theApp ??= (await import("/pkg/oauth2.js")).createOAuth2Client({ ...${given}${stored} }))`;
}

/** Evaluates what comes behind the client: ".getUser()". */
export const on = (page: Page, harness: Harness, expression: string, options?: Options): Promise<Outcome> =>
  outcome(page, `${client(harness, options)}${expression}`);

/** Begins a login, and follows it to the server. */
export async function leave(page: Page, harness: Harness, login = "", options?: Options): Promise<void> {
  const { value, error } = await on(page, harness, `.login({ navigate: false, ${login} })`, options);
  if (!value) {
    throw new Error(JSON.stringify(error));
  }
  await page.goto((value as { url: string }).url);
}

/** Presses a button of the server's pages, and waits for where it leads. */
export async function press(page: Page, value: "Allow" | "Deny" | "Log in"): Promise<void> {
  const selector = `::-p-xpath(//button[normalize-space() = "${value}"])`;
  await Promise.all([page.waitForNavigation(), page.locator(selector).click()]);
}

/** Signs in on the server's own page. */
export async function signInAtServer(page: Page, name = "alice"): Promise<void> {
  await page.locator("input[name=name]").fill(name);
  await page.locator("input[name=password]").fill("password1234");
  await press(page, "Log in");
}

/** Signs in as alice, from the login to the token. */
export async function signIn(page: Page, harness: Harness, options?: Options): Promise<Outcome> {
  await leave(page, harness, "", options);
  if (page.url().includes("/login")) {
    await signInAtServer(page);
  }
  await press(page, "Allow");
  return on(page, harness, ".completeLogin()", options);
}

export { engine };
