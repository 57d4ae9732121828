// The JavaScript half of the messages that cross into the module and out of
// it. Their form is written in wasm/wire/doc.go, and tested there and here
// against wasm/wire/testdata/vectors.json.

/** What a message is. */
export const enum Kind {
  call,
  response,
  request,
  result,
  error,
}

/** A message that was read. */
export interface Message {
  readonly kind: Kind;
  readonly numbers: readonly number[];
  readonly texts: readonly (string | null)[];
}

/** Bytes that stand for themselves, in pieces: each copy of a large body takes its time. */
export interface Bytes {
  readonly length: number;
  readonly chunks: readonly Uint8Array[];
}

/** A text to be written. */
export type Text = string | Bytes | null;

const headerSize = 16;
const nullLength = 0xffffffff;
/** The size in bytes beyond which the module refuses a message. */
export const maxSize = 16 << 20;
/** authcore.MaxBody: the size in bytes beyond which a response's body is not read. */
export const maxBody = 4 << 20;

/** A text's bytes in UTF-8, each as a character. TextEncoder is not everywhere, as in jsdom. */
const utf8 = (text: string): string =>
  encodeURIComponent(text.replace(/\p{Cs}/gu, "\ufffd")).replace(/%(..)/g, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );

let decoder: TextDecoder | undefined;

function decodeText(bytes: Uint8Array): string {
  if (!("TextDecoder" in globalThis)) {
    return decodeURIComponent(Array.from(bytes, (byte) => `%${(256 + byte).toString(16).slice(1)}`).join(""));
  }
  // A byte order mark is part of the text.
  return (decoder ??= new TextDecoder("utf-8", { ignoreBOM: true })).decode(bytes);
}

/** The bytes of a piece of a body, whatever its realm and its kind of array. */
export function bytesOf(piece: unknown): Uint8Array {
  if (ArrayBuffer.isView(piece)) {
    return new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
  }
  return typeof piece === "string"
    ? Uint8Array.from(utf8(piece), (byte) => byte.charCodeAt(0))
    : new Uint8Array(Object(piece) as ArrayBuffer); // a number would be a length
}

/** Writes a message. A lone surrogate becomes U+FFFD. */
export function encode(kind: Kind, numbers: readonly number[], texts: readonly Text[]): Uint8Array {
  const parts: Text[] = [];
  let size = headerSize + 8 * numbers.length + 4 * texts.length;
  for (const text of texts) {
    const part = typeof text !== "string" || /^[\0-\x7f]*$/.test(text) ? text : utf8(text);
    size += part?.length ?? 0;
    parts.push(part);
  }
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  let at = 0;
  const uint32 = (n: number): void => {
    view.setUint32(at, n, true);
    at += 4;
  };
  uint32(size);
  uint32(kind);
  uint32(numbers.length);
  uint32(parts.length);
  for (const n of numbers) {
    view.setFloat64(at, n, true);
    at += 8;
  }
  for (const part of parts) {
    uint32(part?.length ?? nullLength);
  }
  for (const part of parts) {
    if (typeof part === "string") {
      for (let i = 0; i < part.length; i++) {
        bytes[at++] = part.charCodeAt(i);
      }
    } else {
      for (const chunk of part?.chunks ?? []) {
        bytes.set(chunk, at);
        at += chunk.length;
      }
    }
  }
  return bytes;
}

/** Reads a message; throws a RangeError where its sizes do not add up. */
export function decode(bytes: Uint8Array): Message {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = view.getUint32(0, true);
  const numberCount = view.getUint32(8, true);
  const textCount = view.getUint32(12, true);
  const lengthsAt = headerSize + 8 * numberCount;
  const start = lengthsAt + 4 * textCount;
  if (size !== bytes.length || start > size) {
    throw new RangeError("a message whose sizes do not add up");
  }
  const numbers: number[] = [];
  for (let at = headerSize; at < lengthsAt; at += 8) {
    numbers.push(view.getFloat64(at, true));
  }
  // One decoding for all texts. Where each byte became one code unit, offsets
  // in bytes are offsets in the string; otherwise each text is decoded alone.
  const all = decodeText(bytes.subarray(start));
  const plain = all.length === size - start;
  const texts: (string | null)[] = [];
  let end = start;
  for (let at = lengthsAt; at < start; at += 4) {
    const length = view.getUint32(at, true);
    if (length === nullLength) {
      texts.push(null);
      continue;
    }
    const from = end;
    end += length;
    if (end > size) {
      break;
    }
    texts.push(plain ? all.slice(from - start, end - start) : decodeText(bytes.subarray(from, end)));
  }
  if (end !== size) {
    throw new RangeError("a message whose sizes do not add up");
  }
  const kind: unknown = view.getUint32(4, true);
  return { kind: kind as Kind, numbers, texts };
}
