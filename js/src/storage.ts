import { scope } from "./options.js";
import type { AuthStorage } from "./types.js";

/** JSON values by key. */
export interface Storage {
  /** The value, or null: where there is none, where it is no JSON, where the storage throws. */
  readonly read: (key: string) => Promise<unknown>;
  readonly write: (key: string, value: unknown) => Promise<unknown>;
  readonly remove: (key: string) => Promise<unknown>;
}

/**
 * Keeps values where the caller says, or otherwise in one of the page's, which
 * it may have none of, or not be let at. A storage that fails is as good as none.
 */
export function createStorage(
  given: AuthStorage | null | undefined,
  otherwise: "sessionStorage" | "localStorage",
): Storage {
  async function use(method: keyof AuthStorage, key: string, text = ""): Promise<unknown> {
    try {
      // Node has storages too, which all that it serves would share.
      const storage = given === undefined ? scope.location && scope[otherwise] : given;
      const found: unknown = await storage?.[method](key, text);
      return typeof found === "string" ? (JSON.parse(found) as unknown) : null;
    } catch {
      return null;
    }
  }
  return {
    read: (key) => use("getItem", key),
    write: (key, value) => use("setItem", key, JSON.stringify(value)),
    remove: (key) => use("removeItem", key),
  };
}
