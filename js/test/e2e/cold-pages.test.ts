import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Snapshot } from "../../src/index.ts";
import type { How, Told } from "./apps/begin.ts";
import { pageScript, renderer } from "./apps/bundle.ts";
import { html, run, useFronts } from "./front.ts";
import { useHarness } from "./harness.ts";
import { api, until } from "./tab-life.ts";

// A page that begins, in each framework, with what README shows: whatever it calls, in
// whatever order, it asks once who is signed in, and comes to know it. What a server has
// rendered is taken over without a difference, and asked for all the same.

const harness = useHarness();
const startFront = useFronts();
beforeEach(() => harness.reset());

const frameworks = ["react", "svelte", "vue", "solid"] as const;

type Who = "alice" | "nobody";
/** What is shown at the end, and the status. */
const ends = {
  alice: { shown: "alice", status: "signed-in" },
  nobody: { shown: "signed-out", status: "signed-out" },
};

/** What the page's server says is signed in: who it is, somebody else, or nothing. */
type Rendered = "right" | "another" | "unknown";

interface Case {
  readonly who: Who;
  readonly how: How;
  readonly steps: string;
  readonly rendered?: Rendered;
}

const orders: readonly [Who, string][] = [
  ["nobody", "mount"],
  ["alice", "mount"],
  ["nobody", "mount known"],
  ["alice", "mount refresh getUser"],
  ["alice", "known getUser mount"],
  ["nobody", "refresh mount"],
  ["nobody", "known await mount"],
  ["alice", "getUser mount known"],
  ["nobody", "refresh mount task unmount mount"],
  ["alice", "mount unmount mount"],
  ["nobody", "mount focus pageshow visibilitychange"],
];

const cases = (framework: string): Case[] => [
  ...orders.map(([who, steps], i): Case => {
    // Strict mode is React's alone, and most applications have it.
    return { who, how: framework === "react" && i > 1 ? "strict" : "alone", steps };
  }),
  { who: "nobody", how: "suspense", steps: "known mount" },
  { who: "alice", how: "suspense", steps: "mount" },
  ...(["alice", "nobody"] as const).flatMap((who) =>
    (["right", "another", "unknown"] as const).map((rendered): Case => ({
      who,
      how: "strict",
      steps: "hydrate",
      rendered,
    })),
  ),
];

const id = "01a207ab-7610-7cca-92e9-2da640e2838e";
function snapshotOf(rendered: Rendered, who: Who): Snapshot {
  if (rendered === "unknown") {
    return { status: "unknown", user: null };
  }
  const isSomebody = (who === "alice") === (rendered === "right");
  const user = { id, name: "alice", displayName: who === "alice" ? "alice" : "bob", iconFileId: id };
  return isSomebody ? { status: "signed-in", user } : { status: "signed-out", user: null };
}

/** What an application shows of it. */
const textOf = ({ status, user }: Snapshot): string => user?.displayName ?? status;

/** What becomes of each page, by its address. */
interface Pages {
  readonly origin: string;
  readonly asked: Readonly<Record<string, string[]>>;
  readonly told: Readonly<Record<string, Told>>;
}

/** A front whose pages are a framework's application, rendered by a server where the address says so. */
async function startPages(framework: string): Promise<Pages> {
  const [script, render] = await Promise.all([pageScript(`${framework}/client`), renderer(framework)]);
  const asked: Partial<Record<string, string[]>> = {};
  const told: Record<string, Told> = {};
  const { origin } = await startFront(harness.server.origin, async (req, res) => {
    const { pathname, search, searchParams } = new URL(req.url ?? "/", "http://front");
    const from = req.headers.referer && new URL(req.headers.referer).search;
    if (pathname.startsWith(api) && from) {
      (asked[from] ??= []).push(`${req.method ?? ""} ${pathname}`);
    } else if (pathname === "/told" && from) {
      told[from] = JSON.parse(decodeURIComponent(search.slice(1))) as Told;
      res.writeHead(204).end();
    } else if (pathname === "/app.js") {
      res.writeHead(200, { "Content-Type": "text/javascript", "Cache-Control": "max-age=600" }).end(script);
    } else if (pathname === "/page") {
      const rendered = searchParams.get("rendered") as Rendered | null;
      const snapshot = rendered ? snapshotOf(rendered, searchParams.get("who") as Who) : undefined;
      const { head, body } = rendered ? await render(snapshot) : { head: "", body: "" };
      return html(res, document(head, body, snapshot));
    }
    return res.headersSent;
  });
  return { origin, asked: asked as Pages["asked"], told };
}

/** A page that keeps what is logged, and what nobody catches. */
const document = (head: string, body: string, rendered: Snapshot | undefined): string =>
  `${head}<div id="root">${body}</div>
  <script>
    var rendered = ${JSON.stringify(rendered ?? null)} ?? undefined, logged = [];
    for (const name of ["warn", "error"]) console[name] = (...words) => logged.push(words.join(" "));
    addEventListener("error", ({ message }) => logged.push(message));
    addEventListener("unhandledrejection", ({ reason }) => logged.push(String(reason)));
  </script>
  <script type="module" src="/app.js"></script>`;

for (const framework of frameworks) {
  test(`a page in ${framework} asks once who is signed in, and ends at what is known`, async () => {
    const { origin, asked, told } = await startPages(framework);
    const page = await harness.page(origin);
    for (const who of ["nobody", "alice"] as const) {
      if (who === "alice") {
        await run(page, "await createAuthClient().login(alice)");
      }
      const expected: Record<string, object> = {};
      for (const { how, steps, rendered } of cases(framework).filter((one) => one.who === who)) {
        const query = new URLSearchParams({ who, how, steps, ...(rendered && { rendered }) });
        const search = `?${String(query)}`;
        await page.goto(`${origin}/page${search}`);
        await until(search, () => search in told, 30_000);
        const { shown, status } = ends[who];
        const before = rendered && textOf(snapshotOf(rendered, who));
        expected[search] = {
          asked: ["GET /api/v3/users/me"],
          logged: [],
          // Of what a server has rendered nothing changes but what is no longer true.
          ...(rendered ? { isKept: true, shown: before === shown ? [shown] : [before, shown] } : {}),
          shows: how === "suspense" ? status + shown : shown,
        };
      }
      const found = Object.keys(expected).map((search) => {
        const { shown = [], isKept, logged } = told[search] ?? {};
        const hydrated = search.includes("hydrate") ? { isKept, shown } : {};
        return [search, { asked: asked[search], logged, ...hydrated, shows: shown.at(-1) }];
      });
      assert.deepEqual(Object.fromEntries(found), expected);
    }
  });
}
