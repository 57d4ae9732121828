import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { type Front, type Handler, useFronts } from "./front.ts";
import { useHarness } from "./harness.ts";
import * as app from "./oauth2.ts";

// No code, verifier or token is in an error, a message to other tabs, an address
// or a Referer, nor in a storage once it is used up: all of these are searched.

const harness = useHarness();
const startFront = useFronts();
beforeEach(() => harness.reset());

type Request = Parameters<Handler>[0];

/** Where a secret may be found, by what it is called. */
type Places = Record<string, string>;

function search(secrets: Places, places: Places): void {
  for (const [place, text] of Object.entries(places)) {
    for (const [name, secret] of Object.entries(secrets)) {
      assert.ok(secret.length > 10, name);
      for (const spelling of [secret, encodeURIComponent(secret), btoa(secret)]) {
        assert.ok(!text.includes(spelling), `${place} has the ${name}: ${text.slice(0, 500)}`);
      }
    }
  }
}

/** A server in front of the API and of the app's page, that sees what leaves the page. */
async function watched(handler?: Handler): Promise<{ api: Front; site: Front; seen: string[] }> {
  const seen: string[] = [];
  const note = (req: Request): void => {
    seen.push(`${req.method ?? ""} ${req.url ?? ""} ${req.headers.referer ?? ""}`);
  };
  const api = await startFront(harness.server.origin, (req, res, forward) => {
    note(req);
    return handler?.(req, res, forward);
  });
  const site = await startFront(
    harness.server.other,
    (req) => {
      note(req);
    },
    "localhost",
  );
  return { api, site, seen };
}

for (const [what, handler, code] of [
  ["succeeds", undefined, undefined],
  ["is refused by an echo", echo(400), "invalid_response"],
  ["is refused by OAuth2's error with an echo", oauth2Echo, "invalid_grant"],
  ["fails with an echo", echo(500), "server_error"],
  ["is lost", (req, res) => ending(req) && (res.destroy(), true), "network_error"],
] as readonly [string, Handler | undefined, string | undefined][]) {
  test(`a login that ${what} leaves its secrets nowhere`, async () => {
    const { api, site, seen } = await watched(handler);
    const options = {
      baseURL: `${api.origin}/api/v3`,
      redirectURI: `${site.origin}/_test/blank`,
      retries: 0,
    };
    await harness.server.act("client", app.clientId, options.redirectURI, "read");
    const page = await harness.page(site.origin);
    await page.evaluate("sessionStorage.clear()");
    const tab = await harness.tab(page);
    const login = await app.start(page, harness, {}, options);
    const { list } = JSON.parse((await page.evaluate("Object.values(sessionStorage)[0]")) as string) as {
      list: { state: string; verifier: string }[];
    };
    const { verifier = "" } = list[0] ?? {};
    search({ verifier }, { "the authorization request": login });

    await app.follow(page, login);
    const url = await app.press(page, "Allow");
    const code1 = new URL(url).searchParams.get("code") ?? "";
    // The navigation itself has the code, and what the page loads before the client
    // runs may have it in its Referer, which the client can do nothing about.
    await page.evaluate('import("/pkg/oauth2.js").then(() => 0)');
    seen.length = 0;
    await tab.evaluate(`(globalThis.heard = [], ["tabs:1:${app.clientId}", "tabs:1"].forEach((name) => {
      new BroadcastChannel("traq-auth:" + name + ":${options.baseURL}").onmessage = ({ data }) => heard.push(data);
    }))`);
    const { error } = await app.on(page, harness, ".completeLogin()", options);
    assert.equal(error?.["code"], code);
    const stored = await app.stored(page);
    const token = /"access\\?":\\?"([^"\\]+)/.exec(stored.replaceAll('\\"', '"'))?.[1];
    assert.equal(token === undefined, code !== undefined, "a token where it has succeeded");
    await page.evaluate("fetch('/_test/blank?after').then(() => 0)"); // with a Referer of what the address is now
    const places: Places = {
      error: JSON.stringify(error ?? null) + String(error?.["message"]),
      address: await app.address(page),
      "history's state": String(await page.evaluate("JSON.stringify(history.state)")),
      broadcasts: JSON.stringify(await tab.evaluate("heard")),
      "requests' addresses and Referers": seen.join("\n"),
    };
    search({ verifier, code: code1 }, { ...places, storage: stored });
    if (token !== undefined) {
      search({ token }, places);
      await app.on(page, harness, ".logout()", options);
      search(
        { token },
        { storage: await app.stored(page), "requests' addresses and Referers": seen.join("\n") },
      );
    }
  });
}

/** Whether a request ends a login. */
function ending(req: Request): boolean {
  return req.method === "POST" && req.url?.endsWith("/token") === true;
}

/** Answers with all that was sent. */
function echo(status: number): Handler {
  return async (req, res) => {
    if (!ending(req)) {
      return false;
    }
    const message = await body(req);
    res.writeHead(status, { "Content-Type": "application/json", "Access-Control-Allow-Origin": "*" });
    res.end(JSON.stringify({ message }));
    return true;
  };
}

async function oauth2Echo(req: Request, res: Parameters<Handler>[1]): Promise<boolean> {
  if (!ending(req)) {
    return false;
  }
  const description = await body(req);
  res.writeHead(400, { "Content-Type": "application/json", "Access-Control-Allow-Origin": "*" });
  res.end(JSON.stringify({ error: "invalid_grant", error_description: description }));
  return true;
}

async function body(req: Request): Promise<string> {
  let text = "";
  for await (const chunk of req) {
    text += String(chunk);
  }
  return text;
}
