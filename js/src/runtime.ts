import type { Operation } from "./types.js";

/** Sends the request that a message stands for; never rejects. */
export type Send = (request: Uint8Array) => Promise<Uint8Array>;

/** An instance of the module. */
export interface Runtime {
  /**
   * Calls an exported function with a message of the kind "call", and gives the
   * result's or the error's message.
   */
  call(operation: Operation, message: Uint8Array, send: Send): Promise<Uint8Array>;
}
