import type { Page } from "puppeteer-core";
import type { AuthClient } from "../../src/index.ts";

/** What became of a call, as JSON: dates are texts. */
export interface Outcome {
  readonly value?: unknown;
  readonly error?: Readonly<Record<string, unknown>>;
}

/** Calls a method of a page's client by its name; with options, of a new one's. */
export function call(
  page: Page,
  method: string,
  args: readonly unknown[] = [],
  options?: unknown,
): Promise<Outcome> {
  return page.evaluate(
    async (method, args, options) => {
      const { createAuthClient } = await import("/pkg/index.js");
      const scope = globalThis as { theClient?: AuthClient };
      const client = options ? createAuthClient(options) : (scope.theClient ??= createAuthClient());
      const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));
      try {
        const methods = client as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
        return { value: plain(await methods[method]?.(...args)) };
      } catch (error) {
        return { error: plain(error) as Record<string, unknown> };
      }
    },
    method,
    args,
    options,
  );
}

/** Runs a function in a page with the package, and gives what it gives or its error as JSON. */
export const attempt = (
  page: Page,
  task: (pkg: typeof import("../../src/index.ts"), argument: string) => unknown,
  argument = "",
): Promise<Outcome> =>
  outcome(page, `(${task.toString()})(await import("/pkg/index.js"), ${JSON.stringify(argument)})`);

/** Evaluates an expression in a page, and gives what it gives or its error as JSON. */
export function outcome(page: Page, expression: string): Promise<Outcome> {
  return page.evaluate(
    `(async () => {
      const plain = (value) => JSON.parse(JSON.stringify(value ?? null));
      try {
        return { value: plain(await ${expression}) };
      } catch (error) {
        return { error: plain(error) };
      }
    })()`,
  ) as Promise<Outcome>;
}

/** Runs the body of an async function in a worker of a page's, which has a client, and gives what it returns. */
export function inWorker(page: Page, body: string): Promise<unknown> {
  return page.evaluate((body) => {
    const source = `
      import { createAuthClient } from "${location.origin}/pkg/index.js";
      const auth = createAuthClient({ baseURL: "${location.origin}/api/v3" });
      postMessage(await (async () => {${body}})());`;
    const worker = new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })), {
      type: "module",
    });
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
  }, body);
}

export const alice = { name: "alice", password: "password1234" } as const;
export const bob = { name: "bob", password: "password1234" } as const;

/** Signs in without a client, which tells no tab of it; returns the status. */
export const loginByFetch = (page: Page, credentials: object): Promise<number> =>
  page.evaluate(async (body) => {
    const headers = { "Content-Type": "application/json" };
    return (await fetch("/api/v3/login", { method: "POST", headers, body })).status;
  }, JSON.stringify(credentials));
