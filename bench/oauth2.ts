import type { Browser, Page } from "puppeteer-core";
import type { Comparison } from "./contenders.ts";
import type { Server } from "./server.ts";
import { compareAt, slowing } from "./start.ts";

/** Makes what tells who is signed in, by a token that the page has stored. */
export type TokenClient = (baseURL: string) => () => Promise<{ readonly name: string }>;

/** Who is measured, by the name of a file in clients/. */
export const tokenClients = ["oauth2", "oidc"] as const;
export type TokenContender = (typeof tokenClients)[number];

/** Milliseconds from `import()` to who is signed in, nothing cached, with the API on another origin. */
export interface TokenStarts {
  readonly full: Comparison<TokenContender>;
  readonly slow: Comparison<TokenContender>;
}

export async function measureTokenStarts(
  browser: Browser,
  server: Server,
  rounds: number,
): Promise<TokenStarts> {
  const measure = (page: Page, contender: TokenContender): Promise<number> => start(page, contender, server);
  await compareAt(tokenClients, 1, 1, browser, server, measure);
  return {
    full: await compareAt(tokenClients, 1, rounds, browser, server, measure),
    slow: await compareAt(tokenClients, slowing, rounds, browser, server, measure),
  };
}

function start(page: Page, contender: TokenContender, { other, token }: Server): Promise<number> {
  const base = `${other}/api/v3`;
  // As either has left it on an earlier page.
  const stored = {
    [`traq-auth:token:the-app:${base}`]: {
      access: token,
      refresh: null,
      scope: "read",
      due: null,
      login: "",
    },
    [`oidc.user:${base}:the-app`]: { access_token: token, token_type: "Bearer", scope: "read", profile: {} },
  };
  return page.evaluate(
    async (url, base, stored) => {
      for (const [key, value] of Object.entries(stored)) {
        sessionStorage.setItem(key, JSON.stringify(value));
      }
      const begin = performance.now();
      const { client } = (await import(url)) as { client: TokenClient };
      const { name } = await client(base)();
      const end = performance.now();
      if (name !== "alice") {
        throw new Error(name);
      }
      return end - begin;
    },
    `/clients/${contender}.js`,
    base,
    stored,
  );
}
