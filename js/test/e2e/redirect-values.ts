import { readFileSync } from "node:fs";
import type { Page } from "puppeteer-core";
import type { TestServer } from "./server.ts";

// The table of what redirects may be given, and what a page needs to play it.
// What its members mean, it says itself.

interface Group {
  readonly about: string;
  readonly accepted?: Readonly<Record<string, string | null>>;
  readonly refused?: readonly string[];
  readonly expressions?: true;
  readonly code?: string;
}
type Part = "targets" | "baseURL" | "authURL" | "allowedRedirectOrigins";
const table = JSON.parse(
  readFileSync(new URL("../../../authcore/internal/redirecttable/redirects.json", import.meta.url), "utf8"),
) as Record<Part, Group[]>;

/** A value, as JavaScript's source, and the address that it is, or the code that it is refused with. */
export interface Row {
  readonly source: string;
  readonly to?: string | null;
  readonly code?: string;
}

/** The part of the table for an option; its addresses are resolved against one. */
export function rowsOf(part: Part, { landing }: TestServer, self: string): Row[] {
  const names: Record<string, string> = { self, here: self.replace(/\/[^/]*$/, ""), long: "x".repeat(8000) };
  for (const [name, origin] of Object.entries(landing)) {
    const { host, port } = new URL(origin);
    Object.assign(names, { [name]: origin, [`${name}Host`]: host, [`${name}Port`]: port });
  }
  const fill = (text: string): string =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => names[name] ?? whole);
  return table[part].flatMap((group) => {
    // In ASCII alone: not every driver passes on half of a surrogate pair.
    const source = (value: string): string =>
      group.expressions
        ? fill(value)
        : fill(JSON.stringify(value)).replace(
            /[^ -~]/g,
            (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
          );
    const code = group.code ?? (part === "targets" ? "unsafe_redirect" : "invalid_argument");
    return [
      ...Object.entries(group.accepted ?? {}).map(([value, to]) => ({
        source: source(value),
        to: to === null ? null : fill(to),
      })),
      ...(group.refused ?? []).map((value) => ({ source: source(value), code })),
    ];
  });
}

/** Where a navigation has ended. */
export interface Landing {
  /** As the engine tells it. */
  readonly origin: string;
  readonly href: string;
}

/** What a page has as globals that plays the table. */
export interface Stage {
  /** Gives the value of an expression; "frame" in it is the window of a frame. */
  readonly read: (source: string) => never;
  /** Sends a form to an address, which redirects; gives where that led, null where it led to no page of the tests'. */
  readonly submit: (url: string) => Promise<Landing | null>;
  /** Goes to an address. */
  readonly assign: (url: string) => Promise<Landing | null>;
}

/** Gives a page its globals. The navigations are those of frames, a few at a time. */
export async function setStage(page: Page): Promise<void> {
  await page.evaluate("void (globalThis.read = (source) => (0, eval)(`(${source})`))");
  await page.evaluate(() => {
    let running = 0;
    const waiting: (() => void)[] = [];
    const land = async (go: (frame: HTMLIFrameElement) => void): Promise<Landing | null> => {
      if (running === 8) {
        await new Promise<void>((resolve) => waiting.push(resolve));
      } else {
        running++;
      }
      const frame = document.createElement("iframe");
      frame.name = `landing ${Math.random()}`;
      document.documentElement.append(frame);
      const landed = await new Promise<Landing | null>((resolve) => {
        const timer = setTimeout(() => resolve(null), 20_000);
        const listen = ({ source, origin, data }: MessageEvent<string>): void => {
          if (source === frame.contentWindow) {
            clearTimeout(timer);
            removeEventListener("message", listen);
            resolve({ origin, href: data });
          }
        };
        addEventListener("message", listen);
        try {
          go(frame);
        } catch {
          resolve(null); // an engine may throw where it does not go
        }
      });
      frame.remove();
      const next = waiting.shift();
      if (next) {
        next();
      } else {
        running--;
      }
      return landed;
    };
    const stage: Omit<Stage, "read"> = {
      submit: (url) =>
        land((frame) => {
          const form = document.createElement("form");
          Object.assign(form, { method: "post", action: url, target: frame.name });
          document.documentElement.append(form);
          form.submit();
          form.remove();
        }),
      assign: (url) => land((frame) => frame.contentWindow?.location.assign(url)),
    };
    const frame = document.documentElement.appendChild(document.createElement("iframe")).contentWindow;
    Object.assign(globalThis, stage, { frame });
  });
}
