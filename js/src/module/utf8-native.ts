let decoder: TextDecoder | undefined;
let encoder: TextEncoder | undefined;

/** The text of bytes in UTF-8. A byte order mark is part of it. */
export const decodeText = (bytes: Uint8Array): string =>
  (decoder ??= new TextDecoder("utf-8", {
    __proto__: null,
    ignoreBOM: true,
  } as TextDecoderOptions)).decode(bytes);

/** A text's bytes in UTF-8. */
export const encodeText = (text: string): Uint8Array => (encoder ??= new TextEncoder()).encode(text);
