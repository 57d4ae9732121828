import { plain, type Page } from "./pages.ts";

/** What is taken of build/bench.json. */
export interface Measured {
  readonly size: { readonly total: Sizes; readonly peers: Readonly<Record<string, Sizes>> };
  readonly start: Readonly<Record<"full" | "slow", Rounds>>;
  readonly call: Readonly<Record<"small" | "large", Rounds>>;
}

type Sizes = Readonly<Record<"raw" | "gzip" | "brotli", number>>;
type Contender = "ours" | "axios" | "fetch";

interface Rounds {
  readonly spread: Readonly<Record<Contender, { readonly q1: number; readonly q3: number }>>;
}

/** How much of a size may have changed before a page has to say so. */
const share = 0.005;

const number = (text: string): number => Number(text.replaceAll(",", ""));

/** The figures that stand in columns below a unit, each with its row and its column. */
const below = (page: Page, unit: RegExp): { text: string; row: string; column: number }[] =>
  page.tables
    .filter(({ header }) => unit.test(header[0]?.text ?? ""))
    .flatMap(({ rows }) => rows)
    .flatMap(([name, ...cells]) =>
      cells.map(({ text }, column) => ({ text, row: plain(name?.tokens ?? []), column })),
    );

/**
 * Returns which figures of a page are not what was measured last. A size must be
 * the same but for half a per cent; a time, and a ratio of two, lies where half of
 * the rounds do.
 */
export function notMeasured(page: Page, { size, start, call }: Measured): string[] {
  const sizes = [size.total, ...Object.values(size.peers)].flatMap(({ raw, gzip, brotli }) => [
    raw,
    gzip,
    brotli,
  ]);
  const rounds = [start.full, start.slow, call.small, call.large];
  const isSize = (value: number): boolean => sizes.some((real) => Math.abs(value / real - 1) <= share);
  const isTime = (value: number, contender: Contender): boolean =>
    rounds.some(
      ({
        spread: {
          [contender]: { q1, q3 },
        },
      }) => value >= q1 && value <= q3,
    );
  const isRatio = (value: number): boolean =>
    rounds.some(({ spread: { ours, axios, fetch } }) =>
      [axios, fetch].some(({ q1, q3 }) => value >= ours.q1 / q3 && value <= ours.q3 / q1),
    );
  const contenders = ["ours", "axios", "fetch"] as const;
  return [
    ...below(page, /^(?:bytes|バイト)$/).filter(({ text }) => !isSize(number(text))),
    ...below(page, /^(?:milliseconds|ミリ秒)$/).filter(
      ({ text, column }) => !isTime(number(text), contenders[column] ?? "ours"),
    ),
    ...(page.text.match(/(?<![\d.])[01]\.\d\d(?![\d.])/g) ?? [])
      .filter((text) => !isRatio(number(text)))
      .map((text) => ({ text, row: "a ratio" })),
  ].map(({ text, row }) => `${text} (${row}) is not what build/bench.json has`);
}

/** Returns which kilobytes a page names that are none of these sizes. */
export const notWeighed = (page: Page, sizes: readonly number[]): string[] =>
  [...page.text.matchAll(/(\d+\.\d) KB/g)]
    .filter(([, text = ""]) => !sizes.some((real) => Math.abs((number(text) * 1000) / real - 1) <= share))
    .map(([text]) => `${text} is no size of what was built or measured`);
