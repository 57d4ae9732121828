import { summary, type Summary } from "./statistics.ts";

/** Makes what lists the sessions of the API at an address. */
export type Client = (baseURL: string) => () => Promise<readonly unknown[]>;

/** Who is measured for time, by the name of a file in clients/. */
export const contenders = ["ours", "axios", "fetch"] as const;
export type Contender = (typeof contenders)[number];

/** The medians, and beside them how the runs lay around them. */
export type Comparison = Record<Contender, number> & { spread: Record<Contender, Summary> };

/**
 * Measures each contender once a round. Every round begins with another, so
 * that what comes and goes on the machine meets all of them alike.
 */
export async function compare(
  rounds: number,
  measure: (contender: Contender) => Promise<number>,
): Promise<Comparison> {
  const runs: Record<Contender, number[]> = { ours: [], axios: [], fetch: [] };
  for (let round = 0; round < rounds; round++) {
    for (let i = 0; i < contenders.length; i++) {
      const contender = contenders[(round + i) % contenders.length] as Contender;
      runs[contender].push(await measure(contender));
    }
  }
  const spread = { ours: summary(runs.ours), axios: summary(runs.axios), fetch: summary(runs.fetch) };
  return {
    ours: spread.ours.median,
    axios: spread.axios.median,
    fetch: spread.fetch.median,
    spread,
  };
}
