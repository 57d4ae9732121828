import type { Calls } from "./calls.js";
import { reading } from "./options.js";
import type { Signing } from "./signing.js";
import type { State } from "./state.js";
import type { CallOptions, Snapshot } from "./types.js";
import { isNobody, type Who } from "./who.js";

/** What a refresh is aborted with when another takes its place. */
const superseded = Symbol();

/**
 * Gives what asks the server who is signed in. A later one takes the place of
 * one that is under way, whose caller is then told what the later one finds.
 */
export function createRefresh(
  calls: Calls,
  state: State,
  who: Who,
  { pay }: Signing,
): (options?: CallOptions) => Promise<Snapshot> {
  const operation = "refresh";
  let newest: { readonly controller: AbortController; readonly found: Promise<Snapshot> } | undefined;

  async function find(options: CallOptions | undefined, controller: AbortController): Promise<Snapshot> {
    const { timeout, signal } = reading(operation, () => ({
      timeout: options?.timeout,
      signal: options?.signal,
    }));
    const onAbort = (): void => controller.abort(signal?.reason);
    if (signal instanceof AbortSignal) {
      signal.addEventListener("abort", onAbort);
      if (signal.aborted) {
        onAbort();
      }
    }
    const own = signal === undefined || signal instanceof AbortSignal ? controller.signal : signal;
    try {
      return await calls.limited(operation, { timeout, signal: own }, async (abort) => {
        await pay(operation, abort);
        await who.look(operation, abort).catch((error: unknown) => {
          if (!isNobody(error)) {
            throw error;
          }
        });
        return state.get();
      });
    } catch (error) {
      if (error === superseded && newest) {
        return newest.found;
      }
      throw error;
    } finally {
      if (signal instanceof AbortSignal) {
        signal.removeEventListener("abort", onAbort);
      }
    }
  }

  return (options) => {
    newest?.controller.abort(superseded);
    const controller = new AbortController();
    newest = { controller, found: find(options, controller) };
    return newest.found;
  };
}
