import { decode, encode, Kind, type Text } from "../module/wire.js";

/**
 * The members of a body that is a JSON object, as authcore's flatTexts reads them; null of
 * any other. The engine's parser is at hand; one of its own would be a tenth of the module.
 */
export function bodyOf(pieces: Uint8Array[] | null): Text {
  try {
    const [text] = decode(encode(Kind.response, [], [pieces])).texts;
    return members(JSON.parse((text as string).replace(/^\ufeff/, "")), "");
  } catch {
    return null;
  }
}

/** Behind each name and each value is a NUL, which neither has. A string begins with a quote. */
const members = (object: unknown, of: string): string =>
  Object.entries(Object(object) as object)
    .map(
      ([name, value]: [string, unknown]) =>
        [of + name, typeof value === "string" ? `"${value}` : JSON.stringify(value), ""]
          .map((part) => part.replace(/\0/g, "\ufffd"))
          .join("\0") + (of + name === "traq" ? members(value, "traq.") : ""),
    )
    .join("");
