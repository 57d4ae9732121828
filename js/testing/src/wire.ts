// A request and its answer, as they cross to the program and back.

export interface WireRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array | null;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: Uint8Array<ArrayBuffer>;
  /** Why it ends too early, "" where it does not. */
  readonly broken: string;
}

/** Not every AbortSignal can itself: jsdom's cannot. */
export function throwIfAborted(signal: AbortSignal | null | undefined): void {
  if (signal?.aborted) {
    throw signal.reason;
  }
}
