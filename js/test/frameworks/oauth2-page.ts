import { window } from "./page.ts"; // first
import { after } from "node:test";
import { consent, fetch, traq } from "./traq.ts";

// A page of another origin than the server's; the package is loaded as it comes.

const origin = "https://app.example";

/** Where the page has gone to by itself. */
export const went: string[] = [];

/** Shows the page at another address. */
export function visit(address: string): void {
  window.happyDOM.setURL(new URL(address, origin).href);
}

visit("/");
const go = (url: string): unknown => went.push(new URL(url, origin).href);
const location = {
  get href() {
    return window.location.href;
  },
  assign: go,
  replace: go,
};
for (const [name, value] of Object.entries({ location, origin, history: window.history, fetch })) {
  Object.defineProperty(globalThis, name, { value, configurable: true });
}

const { auth } = await import("./oauth2/auth.ts");
after(auth.dispose); // the timer of a page's client would keep the process

/** Forgets whoever is signed in, and all else that a test before has left. */
export async function reset(): Promise<void> {
  Object.assign(traq, { signedIn: false, reachable: true });
  await auth.logout();
  await auth.refresh();
  visit("/");
  went.length = 0;
  traq.requests.length = 0;
  traq.tokens.clear();
}

/** Begins a login and allows it; the page is then where the server has led back to. */
export async function returnFromServer(returnTo?: string): Promise<void> {
  const { url } = await auth.login({ navigate: false, returnTo });
  visit(consent(url));
}

/** Signs in, from the login to the token. */
export async function signIn(): Promise<void> {
  await returnFromServer();
  await auth.completeLogin();
}
