/** What a script in a page has to do with the test. */
interface Scope {
  /** What a library saw of requests, as "METHOD /path". */
  seen?: string[];
  /** A fetch to be given to the client. */
  givenFetch?: typeof fetch;
}

export const scope: Scope = globalThis as Scope;

const seen: string[] = (scope.seen = []);

/** Keeps that a library saw a request. */
export function saw(method: unknown, url: unknown): void {
  seen.push(`${String(method)} ${new URL(String(url), location.href).pathname}`);
}
