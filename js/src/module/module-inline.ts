import hex from "traq-auth.wasm";

/** What newer engines have, some milliseconds quicker: ECMAScript 2026, Uint8Array.fromHex. */
const platform = Uint8Array as { fromHex?: (hex: string) => Uint8Array<ArrayBuffer> };

/** The module that is in this file. */
export function defaultModule(): Uint8Array<ArrayBuffer> {
  if (platform.fromHex) {
    return platform.fromHex(hex);
  }
  const bytes = new Uint8Array(hex.length / 2);
  const digit = (at: number): number => {
    const code = hex.charCodeAt(at);
    return code > 57 ? code - 87 : code - 48; // a to f, 0 to 9
  };
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = 16 * digit(2 * i) + digit(2 * i + 1);
  }
  return bytes;
}
