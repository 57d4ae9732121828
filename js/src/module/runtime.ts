import type { Operation } from "../types.js";
import type { Message } from "./wire.js";

/** Sends a request, and adds the response to the call's messages; never rejects. */
export type Send = (request: Message) => Promise<void>;

/** An instance of the module. */
export interface Runtime {
  /**
   * Calls an exported function with a message of the kind "call" and, behind it, the
   * responses that have come, and gives the result's or the error's message. It rejects
   * with an AuthError where the messages do not fit in, and were not entered; with
   * anything else where the module crashed.
   */
  call(operation: Operation, messages: readonly Uint8Array[], send: Send): Promise<Message>;
  /** Whether it holds so much memory that a new one should take its place. */
  grown(): boolean;
}

/**
 * Makes an instance. What ends it without a call's rejecting is told to
 * `crashed`.
 */
export type Instantiate = (module: WebAssembly.Module, crashed: (cause: unknown) => void) => Promise<Runtime>;
