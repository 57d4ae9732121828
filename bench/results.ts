import type { Calls } from "./call.ts";
import type { Goal } from "./goals.ts";
import type { LongTasks } from "./longtask.ts";
import type { Memory } from "./memory.ts";
import type { NetworkStarts } from "./network.ts";
import type { TokenStarts } from "./oauth2.ts";
import type { Sizes } from "./size.ts";
import type { Starts } from "./start.ts";

/** What build/bench.json holds. */
export interface Results {
  readonly environment: Environment;
  readonly size: Sizes;
  readonly start: Starts;
  readonly network: NetworkStarts;
  readonly oauth2: TokenStarts;
  readonly call: Calls;
  readonly memory: Memory;
  readonly longtask: LongTasks;
  readonly goals: readonly Goal[];
}

export interface Environment {
  readonly date: string;
  readonly rounds: number;
  readonly browser: string;
  readonly node: string;
  readonly processors: number;
  /** Of the minute before; over the number of processors, times are of a busy machine. */
  readonly load: { readonly before: number; readonly after: number };
  readonly axios: string;
  readonly esbuild: string;
}
