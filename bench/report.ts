import { type Comparison, contenders } from "./contenders.ts";
import { networkClients } from "./network.ts";
import { tokenClients, type TokenStarts } from "./oauth2.ts";
import type { Results } from "./results.ts";
import type { Size } from "./size.ts";
import { table } from "./table.ts";

/** The results for people, as Markdown. */
export function report(results: Results): string {
  return [
    `${results.environment.browser}, ${results.environment.processors} processors. Medians, quartiles in brackets.`,
    sizes(results),
    times(results),
    network(results),
    tokens(results),
    memory(results),
    goals(results),
  ].join("\n\n");
}

function sizes({ size }: Results): string {
  const row = (name: string, { raw, gzip, brotli }: Size): string[] => [
    name,
    ...[raw, gzip, brotli].map((n) => n.toLocaleString("en")),
    (brotli / size.total.brotli).toFixed(2),
  ];
  return table(
    ["all that a page loads, bytes", "raw", "gzip -9", "brotli -11", "÷ ours"],
    [
      row("ours", size.total),
      ...Object.entries(size.files).map(([name, file]) => row(`— of it ${name}`, file)),
      row("ours, OAuth2", size.oauth2),
      ...Object.entries(size.peers).map(([name, peer]) => row(`${name} (${peer.version})`, peer)),
      row("ours, built by standard Go", size.standard),
    ],
  );
}

function times({ start, call, longtask }: Results): string {
  const row = (name: string, comparison: Comparison, digits: number): string[] => [
    name,
    ...contenders.map((contender) => {
      const { median, q1, q3 } = comparison.spread[contender];
      return `${median.toFixed(digits)} (${q1.toFixed(digits)}–${q3.toFixed(digits)})`;
    }),
    (comparison.ours / comparison.axios).toFixed(2),
    (comparison.ours / comparison.fetch).toFixed(2),
  ];
  return table(
    ["milliseconds", "ours", "axios client", "fetch by hand", "÷ axios", "÷ fetch"],
    [
      row("import to first answer", start.full, 1),
      row("— processor slowed 4 times", start.slow, 1),
      row("listSessions, 3", call.small, 3),
      row("listSessions, 10,000", call.large, 1),
      row("longest task of a start", longtask, 2),
      row("— processor slowed 4 times", longtask.slow, 2),
    ],
  );
}

function network({ network }: Results): string {
  const name = {
    ours: "ours",
    preloaded: "— preloaded",
    inline: "— /inline",
    axios: "axios client",
    fetch: "fetch by hand",
  };
  return table(
    ["milliseconds from import to first answer, 60 ms and 10 Mbit/s", "is", "÷ axios", "÷ fetch"],
    networkClients.map((contender) => {
      const { median, q1, q3 } = network.spread[contender];
      return [
        name[contender],
        `${median.toFixed(1)} (${q1.toFixed(1)}–${q3.toFixed(1)})`,
        (median / network.axios).toFixed(2),
        (median / network.fetch).toFixed(2),
      ];
    }),
  );
}

function tokens({ oauth2 }: Results): string {
  const row = (name: string, { spread, ...medians }: TokenStarts["full"]): string[] => [
    name,
    ...tokenClients.map((contender) => {
      const { median, q1, q3 } = spread[contender];
      return `${median.toFixed(1)} (${q1.toFixed(1)}–${q3.toFixed(1)})`;
    }),
    (medians.oauth2 / medians.oidc).toFixed(2),
  ];
  return table(
    ["milliseconds, with a stored token", "ours, OAuth2", "oidc-client-ts and fetch", "÷ oidc-client-ts"],
    [row("import to who is signed in", oauth2.full), row("— processor slowed 4 times", oauth2.slow)],
  );
}

function memory({ memory: { linear, heap } }: Results): string {
  const row = (name: string, bytes: readonly number[]): string[] => [
    name,
    ...bytes.map((n) => Math.round(n / 1024).toLocaleString("en")),
  ];
  return table(
    ["memory of ours, KiB", "100 calls", "10,000", "50,000"],
    [
      row("linear", [linear.c100, linear.c10000, linear.c50000]),
      row("JavaScript's heap", [heap.c100, heap.c10000, heap.c50000]),
    ],
  );
}

function goals({ goals }: Results): string {
  const number = (n: number | null): string =>
    n === null ? "" : n.toLocaleString("en", { maximumFractionDigits: 3 });
  return table(
    ["goal: at most", "is", "must", "aim", "verdict"],
    goals.map(({ what, value, must, aim, verdict }) => [
      what,
      number(value),
      number(must),
      number(aim),
      verdict,
    ]),
  );
}
