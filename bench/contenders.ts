import { summary, type Summary } from "./statistics.ts";

/** Makes what lists the sessions of the API at an address. */
export type Client = (baseURL: string) => () => Promise<readonly unknown[]>;

/** Who is measured for time, by the name of a file in clients/. */
export const contenders = ["ours", "axios", "fetch"] as const;
export type Contender = (typeof contenders)[number];

/** The medians, and beside them how the runs lay around them. */
export type Comparison = Record<Contender, number> & { spread: Record<Contender, Summary> };

/** Measures all contenders, in the order given. */
export type Measure = (order: readonly Contender[]) => Promise<Record<Contender, number>>;

/** Measures one contender after the other. */
export const inTurn =
  (measure: (contender: Contender) => Promise<number>): Measure =>
  async (order) => {
    const times = {} as Record<Contender, number>;
    for (const contender of order) {
      times[contender] = await measure(contender);
    }
    return times;
  };

/**
 * Measures all contenders once a round. Every round begins with another, so
 * that what comes and goes on the machine meets all of them alike.
 */
export async function compare(rounds: number, measure: Measure): Promise<Comparison> {
  const runs: Record<Contender, number[]> = { ours: [], axios: [], fetch: [] };
  for (let round = 0; round < rounds; round++) {
    const at = round % contenders.length;
    const times = await measure([...contenders.slice(at), ...contenders.slice(0, at)]);
    for (const contender of contenders) {
      runs[contender].push(times[contender]);
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
