import * as native from "./utf8-native.js";

// Not everywhere is there a TextDecoder and a TextEncoder: jsdom has none. What a browser
// loads in production is made with utf8-native.ts by js/bundle.

export const decodeText = (bytes: Uint8Array): string =>
  "TextDecoder" in globalThis
    ? native.decodeText(bytes)
    : decodeURIComponent(Array.from(bytes, (byte) => `%${(256 + byte).toString(16).slice(1)}`).join(""));

export const encodeText = (text: string): Uint8Array =>
  "TextEncoder" in globalThis
    ? native.encodeText(text)
    : // eslint-disable-next-line @typescript-eslint/no-deprecated -- what is without TextEncoder has it
      Uint8Array.from(unescape(encodeURIComponent(text.replace(/\p{Cs}/gu, "\ufffd"))), (byte) =>
        byte.charCodeAt(0),
      );
