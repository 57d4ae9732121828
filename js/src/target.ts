import { addressOf, hrefOf, text } from "./options.js";
import type { Operation } from "./types.js";
import type { Text } from "./wire.js";

/**
 * An address to be led to, as the module is told of it: what the caller wrote,
 * what the URL parser makes of it, and the origins that it may lead to.
 */
export function targetTexts(
  operation: Operation,
  name: string,
  target: unknown,
  base: string | undefined,
  origins: readonly string[],
): [target: Text, url: string | null, ...origins: Text[]] {
  if (target === undefined || target === null || target === "") {
    return [null, null];
  }
  const written = hrefOf(target) ?? text(operation, name, target);
  let url: string | null = null;
  try {
    url = addressOf(written, base).href;
  } catch {} // the module says what is wrong with it
  return [written, url, ...origins];
}
