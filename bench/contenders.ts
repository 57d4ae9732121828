import { summary, type Summary } from "./statistics.ts";

/** Makes what lists the sessions of the API at an address. */
export type Client = (baseURL: string) => () => Promise<readonly unknown[]>;

/** Who is measured for time, by the name of a file in clients/. */
export const contenders = ["ours", "axios", "fetch"] as const;
export type Contender = (typeof contenders)[number];

/** The medians, and beside them how the runs lay around them. */
export type Comparison<Name extends string = Contender> = Record<Name, number> & {
  spread: Record<Name, Summary>;
};

/** Measures all contenders, in the order given. */
export type Measure<Name extends string = Contender> = (
  order: readonly Name[],
) => Promise<Record<Name, number>>;

/** Measures one contender after the other. */
export const inTurn =
  <Name extends string>(measure: (contender: Name) => Promise<number>): Measure<Name> =>
  async (order) => {
    const times = {} as Record<Name, number>;
    for (const contender of order) {
      times[contender] = await measure(contender);
    }
    return times;
  };

/**
 * Measures all contenders once a round. Every round begins with another, so
 * that what comes and goes on the machine meets all of them alike.
 */
export async function compare<Name extends string>(
  names: readonly Name[],
  rounds: number,
  measure: Measure<Name>,
): Promise<Comparison<Name>> {
  const all: Record<Name, number>[] = [];
  for (let round = 0; round < rounds; round++) {
    const at = round % names.length;
    all.push(await measure([...names.slice(at), ...names.slice(0, at)]));
  }
  const spread = {} as Record<Name, Summary>;
  const medians = {} as Record<Name, number>;
  for (const name of names) {
    spread[name] = summary(all.map((times) => times[name]));
    medians[name] = spread[name].median;
  }
  return { ...medians, spread };
}
