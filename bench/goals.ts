import type { Calls } from "./call.ts";
import type { Memory } from "./memory.ts";
import type { NetworkStarts } from "./network.ts";
import type { TokenStarts } from "./oauth2.ts";
import type { Sizes } from "./size.ts";
import type { Starts } from "./start.ts";

/** What there are goals for. */
interface Measured {
  readonly size: Sizes;
  readonly start: Starts;
  readonly network: NetworkStarts;
  readonly oauth2: TokenStarts;
  readonly call: Calls;
  readonly memory: Memory;
}

/** What a figure must not be over, and what it better were not either. */
export interface Goal {
  readonly what: string;
  readonly value: number;
  readonly must: number | null;
  readonly aim: number | null;
  readonly verdict: "met" | "short of the aim" | "missed";
}

/** Compares what was measured with the goals. */
export function goals({ size, start, network, oauth2, call, memory }: Measured): Goal[] {
  const goal = (what: string, value: number, must: number | null, aim: number | null = null): Goal => {
    const over = (limit: number | null): boolean => limit !== null && value > limit;
    return {
      what,
      value,
      must,
      aim,
      verdict: over(must) ? "missed" : over(aim) ? "short of the aim" : "met",
    };
  };
  return [
    goal("size, brotli, bytes", size.total.brotli, 18_700, 11_057),
    goal("size of OAuth2's, brotli, bytes", size.oauth2.brotli, 14_500),
    goal("start of OAuth2's ÷ oidc-client-ts", oauth2.full.oauth2 / oauth2.full.oidc, 0.9),
    goal("start of OAuth2's, slowed ÷ oidc-client-ts", oauth2.slow.oauth2 / oauth2.slow.oidc, 0.9),
    goal("start ÷ axios", start.full.ours / start.full.axios, 0.85),
    goal("start ÷ fetch", start.full.ours / start.full.fetch, null, 1.3),
    goal("start, slowed ÷ axios", start.slow.ours / start.slow.axios, 0.85),
    goal("start, slowed ÷ fetch", start.slow.ours / start.slow.fetch, null, 1.3),
    goal("start over a network ÷ axios", network.ours / network.axios, 0.92),
    goal("start over a network ÷ fetch", network.ours / network.fetch, 1.12, 1.08),
    goal("start over a network, preloaded ÷ axios", network.preloaded / network.axios, 0.92),
    goal("start over a network, preloaded ÷ fetch", network.preloaded / network.fetch, 1.12, 1.08),
    goal("call, 3 sessions ÷ fetch", call.small.ours / call.small.fetch, 1.05),
    goal("call, 3 sessions ÷ axios", call.small.ours / call.small.axios, 1),
    goal("call, 10,000 sessions ÷ fetch", call.large.ours / call.large.fetch, 1.5, 1.1),
    goal("linear memory at rest, KiB", memory.linear.c100 / 1024, 256),
    goal("its growth from call 100 to 50,000, KiB", (memory.linear.c50000 - memory.linear.c100) / 1024, 0),
  ];
}
