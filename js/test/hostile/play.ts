import type { Page } from "puppeteer-core";
import type { AuthClient, AuthError } from "../../src/index.ts";

/** A row of internal/hostile's table, and its number there. */
export interface Row {
  readonly at: number;
  readonly name: string;
  /** What a call of a method may come to: "value" or codes, parted by "|". */
  readonly expected: Readonly<Record<string, string>>;
  readonly http2: boolean;
  readonly crossOrigin: boolean;
  /** Where logins and logouts ask to be sent to; "" for nowhere. */
  readonly redirect: string;
}

/** What a call has come to. */
export interface Outcome {
  readonly method: string;
  /** "value" or a code; what is no AuthError begins with "not an AuthError". */
  readonly outcome: string;
  /** The value, or what the error says. */
  readonly says: string;
  /** What the value should be, where there is one. */
  readonly right?: string;
  /** Milliseconds that the page was running; of any time that it stood still, one second. */
  readonly took: number;
  readonly limit: number;
}

/** What a page has seen. */
export interface Played {
  /** By the rows' numbers; the last outcome is that of the call after the server was mended. */
  readonly outcomes: Record<number, Outcome[]>;
  /** Errors of the page's, and promises that nobody has looked after. */
  readonly errors: string[];
  /** The most bytes of memory that one of the module's instances had. */
  readonly linearMemory: number;
  /** What Object.prototype has got. */
  readonly polluted: string[];
}

export interface Settings {
  readonly rows: readonly Row[];
  /** Whose API it is where that is another origin than the page's. */
  readonly otherOrigin: string;
  /** How many rows there are at a time. */
  readonly players: number;
  /** Milliseconds for calls that may have to wait until their time is up, and for the others. */
  readonly short: number;
  readonly long: number;
}

/** The methods that are played, in an order in which none hides what becomes of another. */
export const methods = ["getUser", "listSessions", "login", "logout"] as const;

/** Milliseconds that all rows of a page may take; they take a minute where the machine has nothing else to do. */
const playLimit = 500_000;

/** Plays rows in a page, a client each. It stays at its address meanwhile. */
export async function play(page: Page, settings: Settings): Promise<Played> {
  await page.evaluate(begin, settings, methods);
  // A browser's driver does not wait as long as this may take.
  for (const end = Date.now() + playLimit; !(await page.evaluate(() => "played" in globalThis));) {
    if (Date.now() > end) {
      const names = await page.evaluate(() => [
        ...((globalThis as { underWay?: Set<string> }).underWay ?? []),
      ]);
      throw new Error(`never ended: ${names.join("; ")}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const text = await page.evaluate(() => (globalThis as { played?: string }).played ?? "");
  const played = JSON.parse(text) as Played | { failed: string };
  if ("failed" in played) {
    throw new Error(played.failed);
  }
  return played;
}

/** Runs in the page: leaves in globalThis.played what was seen, as JSON. */
// eslint-disable-next-line max-lines-per-function -- a page is given one function, as text
function begin(settings: Settings, methods: readonly string[]): void {
  const errors: string[] = [];
  addEventListener("error", ({ message }) => errors.push(message));
  addEventListener("unhandledrejection", ({ reason }) => errors.push(`unhandled: ${String(reason)}`));
  const memories: WeakRef<WebAssembly.Memory>[] = [];
  let linearMemory = 0;
  const measure = (): void => {
    for (const memory of memories) {
      linearMemory = Math.max(linearMemory, memory.deref()?.buffer.byteLength ?? 0);
    }
  };
  const { instantiate } = WebAssembly as {
    instantiate: (...args: unknown[]) => Promise<WebAssembly.Instance>;
  };
  WebAssembly.instantiate = (async (...args: unknown[]) => {
    const instance = await instantiate(...args);
    memories.push(new WeakRef(instance.exports["memory"] as WebAssembly.Memory));
    return instance;
  }) as never;

  /** A value's JSON, with all members in one order. */
  const canonical = (value: unknown): string =>
    JSON.stringify(value ?? null, (_, part: unknown) =>
      part !== null && typeof part === "object" && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    );
  /** Of a long text its beginning, its end and its length. */
  const short = (text: string): string =>
    text.length < 1000 ? text : `${text.slice(0, 400)}…${text.slice(-100)} (${text.length})`;

  /** Asks the server's own side, whatever has become of the connections. */
  async function aside(path: string, init?: RequestInit): Promise<string> {
    for (let tries = 0; ; tries++) {
      try {
        const response = await fetch(path, { ...init, signal: AbortSignal.timeout(30_000) });
        return await response.text();
      } catch (error) {
        if (tries === 5) {
          throw error;
        }
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  // A machine under load stops a page for seconds, and its timers with it.
  let running = 0;
  let beat = performance.now();
  setInterval(() => {
    const now = performance.now();
    running += Math.min(now - beat, 1000);
    beat = now;
  }, 50);

  async function outcomeOf(method: string, limit: number, call: () => Promise<unknown>): Promise<Outcome> {
    const begun = running;
    const took = (): number => Math.round(running - begun);
    try {
      const value = await call();
      return { method, outcome: "value", took: took(), limit, says: canonical(value) };
    } catch (error) {
      const { code, message, requestId } = error as AuthError;
      const fits = (requestId ?? "").length <= 1024;
      const outcome =
        typeof code === "string" ? (fits ? code : "a requestId over its bound") : "not an AuthError";
      return { method, outcome, took: took(), limit, says: short(message || String(error)) };
    }
  }

  async function playRow(
    { createAuthClient }: typeof import("../../src/index.ts"),
    wasm: WebAssembly.Module,
    row: Row,
  ): Promise<Outcome[]> {
    const path = `/hostile/${row.at}/${Math.random().toString(36).slice(2)}`;
    const origin = row.crossOrigin ? settings.otherOrigin : location.origin;
    const auth = createAuthClient({ baseURL: `${origin}${path}/api/v3`, wasm });
    const options = (method: string): { timeout: number; redirect: string | null } => ({
      timeout: row.expected[method]?.includes("timeout") ? settings.short : settings.long,
      redirect: row.redirect || null,
    });
    const call = (auth: AuthClient, method: string): Promise<unknown> => {
      const limits = options(method);
      switch (method) {
        case "login":
          return auth.login({ name: "alice", password: "password1234" }, limits);
        case "logout":
          return auth.logout(limits);
        case "listSessions":
          return auth.listSessions(limits);
      }
      return auth.getUser(limits);
    };
    const outcomes: Outcome[] = [];
    const note = async (outcome: Outcome, right: string): Promise<void> => {
      const { says } = outcome;
      if (outcome.outcome !== "value") {
        outcomes.push(outcome);
        return;
      }
      const text = (await aside(right)).replaceAll("{origin}", origin);
      const wanted = canonical(JSON.parse(text));
      outcomes.push({ ...outcome, says: short(says), right: says === wanted ? short(says) : short(wanted) });
    };
    for (const method of methods) {
      await note(
        await outcomeOf(method, options(method).timeout, () => call(auth, method)),
        `/hostile/${row.at}/value/${method}`,
      );
      measure();
    }
    await aside(`${path}/mend`, { method: "POST" });
    await note(
      await outcomeOf("next", settings.long, () => auth.getUser({ timeout: settings.long })),
      "/hostile/right/value/getUser",
    );
    auth.dispose();
    return outcomes;
  }

  async function playAll(): Promise<Played> {
    const pkg = await import("/pkg/index.js");
    const wasm = await WebAssembly.compileStreaming(fetch("/pkg/traq-auth.wasm"));
    const outcomes: Played["outcomes"] = {};
    const rows = [...settings.rows];
    const underWay = new Set<string>();
    Object.assign(globalThis, { underWay });
    await Promise.all(
      Array.from({ length: settings.players }, async () => {
        for (let row = rows.shift(); row; row = rows.shift()) {
          underWay.add(row.name);
          outcomes[row.at] = await playRow(pkg, wasm, row).catch((error: unknown) => [
            { method: "none", outcome: `not played: ${String(error)}`, says: "", took: 0, limit: 0 },
          ]);
          underWay.delete(row.name);
        }
      }),
    );
    const polluted = Object.keys(Object.prototype).concat("polluted" in {} ? ["polluted"] : []);
    return { outcomes, errors, linearMemory, polluted };
  }

  void playAll()
    .catch((error: unknown) => ({ failed: String(error) }))
    .then((played) => Object.assign(globalThis, { played: JSON.stringify(played) }));
}
