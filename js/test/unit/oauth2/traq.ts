import { bodyOf } from "../../../src/call/body-oauth2.ts";
import { createOAuth2Client } from "../../../src/oauth2/client.ts";
import type { OAuth2Client, OAuth2ClientOptions } from "../../../src/oauth2/types.ts";
import { isAuthError } from "../../../src/errors.ts";
import type { AuthStorage } from "../../../src/option-types.ts";
import type { User } from "../../../src/types.ts";
import { oauth2Module } from "../module.ts";

// A traQ, storages and clients of it, in one process, so that a test can have something happen at
// each step of something else.

const id = "01a207ab-7610-7cca-92e9-2da640e2838e";
const userOf = (name: string): User => ({ id, name, displayName: name, iconFileId: id });

export const redirectURI = "https://app.example/callback";

/** Ends a macrotask: all that was to be done at once is done. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** The code of the error that a promise rejects with, or what it resolves to. */
export const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.catch((error: unknown) => (isAuthError(error) ? error.code : String(error)));

/** An answer as traQ's are; its body is what js/bundle has the OAuth2 client read of one. */
export const json = (value: unknown, status = 200): Response =>
  new Response(bodyOf([new TextEncoder().encode(JSON.stringify(value))]) as string, {
    status,
    headers: { "Content-Type": "application/json", "X-TRAQ-VERSION": "v3.28.4" },
  });

/** A gateway's page, which has none of traQ's headers. */
export const page = (status: number): Response =>
  new Response("<html>", { status, headers: { "Content-Type": "text/html" } });

type Handler = (request: string, form: URLSearchParams) => Response | Promise<Response> | undefined;

/** The server, and what happens at a step. */
export interface World {
  readonly fetch: typeof fetch;
  /** "POST /oauth2/revoke access1" */
  readonly requests: string[];
  /** The access tokens that count, and whose they are. */
  readonly alive: Map<string, string>;
  /** What answers in the server's place, where it answers. */
  handler: Handler | undefined;
  /** Whether it gives refresh tokens. */
  refreshes: boolean;
  /** Seconds that a token is good for. */
  life: number;
  /** Lets time pass, as each request and each access to a slow storage does, before it is done and after. */
  readonly step: () => Promise<void>;
  /** Has something happen at a step from now on; the first is 1. */
  readonly at: (step: number, what: () => unknown) => void;
  /** Waits until nothing happens any more. */
  readonly quiet: () => Promise<void>;
}

/** Answers in a world as its server does. */
function serve(world: World): (path: string, form: URLSearchParams, bearer: string) => Response {
  let issued = 0;
  const issue = (name: string): Response => {
    const access = `access${++issued}`;
    world.alive.set(access, name);
    const refresh = world.refreshes ? { refresh_token: `refresh${issued}` } : {};
    return json({ access_token: access, token_type: "Bearer", expires_in: world.life, ...refresh });
  };
  return (path, form, bearer) => {
    switch (path) {
      case "/oauth2/token": {
        const old = form.get("refresh_token")?.replace("refresh", "access") ?? "";
        const name = form.get("code") ?? world.alive.get(old);
        world.alive.delete(old);
        return name === undefined ? json({ error: "invalid_grant" }, 400) : issue(name);
      }
      case "/oauth2/revoke":
        world.alive.delete(form.get("token") ?? "");
        return new Response(null, { status: 200, headers: { "X-TRAQ-VERSION": "v3.28.4" } });
    }
    const name = world.alive.get(bearer);
    return name === undefined ? json({ message: "invalid token" }, 401) : json(userOf(name));
  };
}

export function createWorld(): World {
  let steps = 0;
  let at = 0;
  let what = (): unknown => undefined;
  const step = async (): Promise<void> => {
    if (++steps === at) {
      what();
    }
    await turn();
  };
  const world: World = {
    async fetch(url, init) {
      const { method = "", headers, body } = init ?? {};
      const form = new URLSearchParams((body as string | null) ?? "");
      const bearer = new Headers(headers).get("Authorization")?.slice(7) ?? "";
      const path = new URL(url as string).pathname.slice("/api/v3".length);
      const request = [method, path, form.get("token") ?? bearer].join(" ").trim();
      world.requests.push(request);
      await step();
      const response = (await world.handler?.(request, form)) ?? answer(path, form, bearer);
      await step();
      return response;
    },
    requests: [],
    alive: new Map(),
    handler: undefined,
    refreshes: false,
    life: 31536000,
    step,
    at(step, happens) {
      steps = 0;
      at = step;
      what = happens;
    },
    async quiet() {
      for (let turns = 0, before = steps; turns < 20; turns++, before = steps) {
        await turn();
        if (before !== steps) {
          turns = 0;
        }
      }
    },
  };
  const answer = serve(world);
  return world;
}

/** A storage that takes a step before what it does and one after, and what it holds. */
export function slowStorage(world: World, items = new Map<string, string>()): AuthStorage {
  const slowly =
    <A extends string[], R>(task: (...args: A) => R) =>
    async (...args: A): Promise<R> => {
      await world.step();
      const result = task(...args);
      await world.step();
      return result;
    };
  return {
    getItem: slowly((key: string) => items.get(key) ?? null),
    setItem: slowly((key: string, value: string) => void items.set(key, value)),
    removeItem: slowly((key: string) => void items.delete(key)),
  };
}

export const quickStorage = (items = new Map<string, string>()): AuthStorage => ({
  getItem: (key) => items.get(key) ?? null,
  setItem: (key, value) => void items.set(key, value),
  removeItem: (key) => void items.delete(key),
});

const fails = (): never => {
  throw new DOMException("no", "QuotaExceededError");
};

/** Where a client may have its token, by what it is. */
export const storages: Readonly<Record<string, (world: World) => AuthStorage | null>> = {
  "a storage": () => quickStorage(),
  "a slow storage": (world) => slowStorage(world),
  "no storage": () => null,
  "a full storage": () => ({ ...quickStorage(), setItem: fails }),
  "a storage that throws": () => ({ getItem: fails, setItem: fails, removeItem: fails }),
};

export const createClient = (world: World, options: Partial<OAuth2ClientOptions> = {}): OAuth2Client =>
  createOAuth2Client({
    baseURL: "https://q.example/api/v3",
    clientId: "the-app",
    redirectURI,
    wasm: oauth2Module,
    fetch: world.fetch,
    retries: 0,
    ...options,
  });

/** Begins a login; returns the address that the server leads back to once somebody has allowed it. */
export async function begin(auth: OAuth2Client, name = "alice"): Promise<string> {
  const { url } = await auth.login({ navigate: false });
  return `${redirectURI}?code=${name}&state=${new URL(url).searchParams.get("state")}`;
}

/** Signs in, from the login to the token. */
export const signIn = async (auth: OAuth2Client, name?: string): Promise<void> => {
  await auth.completeLogin(await begin(auth, name));
};
