import { scope } from "./options.js";
import type { AuthStorage } from "./types.js";

/** The place of one JSON value in a storage. */
export interface Place<T> {
  /** What was written, or null: where there is none, where it is no JSON, where the storage throws. */
  readonly read: () => Promise<T | null>;
  readonly write: (value: T) => Promise<unknown>;
  readonly remove: () => Promise<unknown>;
}

/**
 * Keeps a value where the caller says, or otherwise in one of the page's
 * storages, which it may have none of, or not be let at. A storage that fails is
 * as good as none. That there is no key rejects.
 */
export function createPlace<T>(
  given: AuthStorage | null | undefined,
  otherwise: "sessionStorage" | "localStorage",
  key: () => string,
): Place<T> {
  async function use(method: keyof AuthStorage, text = ""): Promise<T | null> {
    const name = key();
    try {
      // Node has storages too, which all that it serves would share.
      const storage = given === undefined ? scope.location && scope[otherwise] : given;
      const found: unknown = await storage?.[method](name, text);
      return typeof found === "string" ? (JSON.parse(found) as T) : null;
    } catch {
      return null;
    }
  }
  return {
    read: () => use("getItem"),
    write: (value) => use("setItem", JSON.stringify(value)),
    remove: () => use("removeItem"),
  };
}
