/** Where runs lay. */
export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly q1: number;
  readonly q3: number;
  readonly max: number;
  readonly runs: number;
}

export function summary(runs: readonly number[]): Summary {
  const sorted = [...runs].sort((a, b) => a - b);
  const quantile = (q: number): number => {
    const at = q * (sorted.length - 1);
    const below = sorted[Math.floor(at)] as number;
    const above = sorted[Math.ceil(at)] as number;
    return below + (above - below) * (at % 1);
  };
  return {
    median: quantile(0.5),
    min: quantile(0),
    q1: quantile(0.25),
    q3: quantile(0.75),
    max: quantile(1),
    runs: sorted.length,
  };
}
