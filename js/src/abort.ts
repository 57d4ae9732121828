/** When a request is no longer wanted. */
export interface Abort {
  readonly signal: AbortSignal;
  /** Rejects when the signal is aborted; for what does not listen to it. */
  readonly aborted: Promise<never>;
  /** Milliseconds until the time is up; 0 for no limit. */
  readonly left: () => number;
  /** Aborts, and rejects the call with the reason. */
  readonly abortWith: (reason: unknown) => void;
  /** Whether the caller did, whose reason may be anything, rather than a limit. */
  byCaller: boolean;
}

/** Makes an {@link Abort}, whose time is up as `left` says. */
export function createAbort(left: Abort["left"]): Abort {
  const controller = new AbortController();
  let abortWith!: Abort["abortWith"];
  const aborted = new Promise<never>((_, reject) => {
    abortWith = (reason) => {
      controller.abort(reason);
      reject(reason ?? controller.signal.reason); // which older engines have none of
    };
  });
  return { signal: controller.signal, aborted, left, abortWith, byCaller: false };
}
