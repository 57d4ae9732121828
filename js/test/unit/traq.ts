import { createAuthClient } from "../../src/client.ts";
import type { AuthClient } from "../../src/client-types.ts";
import type { AuthClientOptions, AuthStorage } from "../../src/option-types.ts";
import type { User } from "../../src/types.ts";
import { module } from "./module.ts";

const id = "01a207ab-7610-7cca-92e9-2da640e2838e";
export const alice: User = { id, name: "alice", displayName: "Alice", iconFileId: id };
export const credentials = { name: "alice", password: "password1234" };

const json = (value: unknown, status = 200): Response => Response.json(value, { status });
/** For an answer: traQ's own 401. */
export const nobody = (): Response => json({ message: "You are not logged in" }, 401);

export const done = (): Response => new Response(null, { status: 204 });
/** For an answer: the connection breaks off. */
export const broken = (): never => {
  throw new TypeError("broken");
};

/** A server as one browser has it, whose cookie all clients here share, and what it was asked. */
export class Server {
  user: User | null = null;
  reachable = true;
  readonly requests: string[] = [];
  /** Answers in its place, where it returns something. */
  answer: (request: string) => Promise<Response> | Response | undefined = () => undefined;

  readonly fetch = async (url: unknown, { method = "GET" }: RequestInit = {}): Promise<Response> => {
    const request = `${method} ${(url as string).replace("https://q.example/api/v3", "")}`;
    this.requests.push(request);
    if (!this.reachable) {
      throw new TypeError("offline");
    }
    const given = await this.answer(request);
    if (given) {
      return given;
    }
    if (request.startsWith("GET /users/me/sessions")) {
      return this.user ? json([{ id, issuedAt: "2024-01-01T00:00:00Z" }]) : nobody();
    }
    if (request === "GET /users/me") {
      return this.user ? json(this.user) : nobody();
    }
    if (request.startsWith("GET /version")) {
      return json({ version: "v", revision: "r", flags: { externalLogin: ["oidc"], signUpAllowed: false } });
    }
    this.user = request.startsWith("POST /login") ? alice : null;
    return new Response(null, { status: 204 });
  };

  /** Answers the next request of its kind when it is told to: so, or by what was true when it was asked. */
  hold(kind: string, answer?: () => Response): { asked: Promise<void>; release: () => void } {
    let ask!: () => void;
    let release!: () => void;
    const asked = new Promise<void>((resolve) => (ask = resolve));
    const released = new Promise<void>((resolve) => (release = resolve));
    this.answer = (request) => {
      if (request !== kind) {
        return undefined;
      }
      this.answer = () => undefined;
      const { user } = this;
      ask();
      return released.then(answer ?? (() => (user ? json(user) : nobody())));
    };
    return { asked, release };
  }

  client(options: AuthClientOptions = {}): AuthClient {
    const baseURL = "https://q.example/api/v3";
    return createAuthClient({
      baseURL,
      wasm: module,
      fetch: this.fetch,
      retries: 0,
      storage: null,
      ...options,
    });
  }
}

/** A storage of a page's, which its tabs share. */
export function pageStorage(): AuthStorage & { readonly items: Map<string, string> } {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, text) => void items.set(key, text),
    removeItem: (key) => void items.delete(key),
  };
}

/** The code of what a call rejects with; undefined where it resolves. */
export const codeOf = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => undefined,
    (error: unknown) => (error as { code?: unknown }).code ?? error,
  );
