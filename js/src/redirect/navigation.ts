import { AuthError } from "../errors.js";
import { type Config, flag, scope } from "../options.js";
import type { LeaveOptions } from "../option-types.js";
import type { Operation } from "../types.js";

/** How to go to another page; undefined where the caller wants to do so. */
export function navigation(
  operation: Operation,
  navigate: LeaveOptions["navigate"],
  config: Config,
): ((url: URL) => void) | undefined {
  if (typeof navigate === "function") {
    return navigate;
  }
  if (!flag(operation, "navigate, no function,", navigate, true)) {
    return undefined;
  }
  if (config.navigate) {
    return config.navigate;
  }
  if (typeof scope.location?.assign !== "function") {
    throw new AuthError(operation, "browser_required", "no page; call with { navigate: false }");
  }
  return (url) => location.assign(url);
}
