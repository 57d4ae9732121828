import type { Calls } from "./calls.js";
import { addressOf, type Config, hrefOf, text } from "../options.js";
import type { Operation } from "../types.js";
import type { Text } from "../module/wire.js";

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

/** The texts of where a login or a logout shall lead, relative to its request as a Location is. */
export const redirectTexts = (
  operation: Operation,
  redirect: unknown,
  calls: Calls,
  config: Config,
): Text[] =>
  targetTexts(
    operation,
    "redirect",
    redirect,
    `${calls.addresses(operation).base}/${operation}`,
    config.redirectOrigins,
  );
