// The JavaScript half of the messages that cross into the module and out of
// it. Their form is written in wasm/wire/doc.go, and tested there and here
// against wasm/wire/testdata/vectors.json.

import { decodeText, encodeText } from "./utf8.js";

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

/** A text to be written; bytes stand for themselves, in pieces: each copy of a large body takes its time. */
export type Text = string | readonly Uint8Array[] | null;

/** authcore.MaxBody: the size in bytes beyond which a response's body is not read. */
export const maxBody = 4 << 20;

/** The bytes of a text or of a piece of a body, whatever its realm and its kind of array. */
export function bytesOf(piece: unknown): Uint8Array {
  if (ArrayBuffer.isView(piece)) {
    return new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength);
  }
  return typeof piece === "string" ? encodeText(piece) : new Uint8Array(Object(piece) as ArrayBuffer); // a number would be a length
}

/** Writes a message. A lone surrogate becomes U+FFFD. */
export function encode(kind: Kind, numbers: readonly number[], texts: readonly Text[]): Uint8Array {
  const lengths: number[] = [];
  const pieces: Uint8Array[] = [];
  let size = 8 * (4 + numbers.length + texts.length);
  let at = size;
  for (const text of texts) {
    const before = size;
    for (const piece of typeof text === "string" ? [bytesOf(text)] : (text ?? [])) {
      pieces.push(piece);
      size += piece.length;
    }
    lengths.push(text === null ? -1 : size - before);
  }
  const bytes = new Uint8Array(size);
  // Engines are little-endian themselves.
  const head = new Float64Array(bytes.buffer, 0, at / 8);
  head.set([size, kind, numbers.length, texts.length, ...numbers, ...lengths]);
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

/** Reads a message; throws a RangeError where its sizes do not add up. */
export function decode(bytes: Uint8Array): Message {
  const head = new Float64Array(new Uint8Array(bytes).buffer, 0, bytes.length >> 3); // a copy is aligned
  const [size, kind, numberCount, textCount] = head as unknown as [number, Kind, number, number];
  const lengthsAt = 4 + numberCount;
  const textsAt = lengthsAt + textCount;
  const numbers = [...head.subarray(4, lengthsAt)];
  const lengths = [...head.subarray(lengthsAt, textsAt)];
  // One decoding for all texts. Where each byte became one code unit, offsets
  // in bytes are offsets in the string; otherwise each text is decoded alone.
  const start = 8 * textsAt;
  const all = decodeText(bytes.subarray(start));
  const plain = all.length === size - start;
  let end = start;
  const texts = lengths.map((length) => {
    if (length < 0) {
      return null;
    }
    const from = end;
    end += length;
    return plain ? all.slice(from - start, end - start) : decodeText(bytes.subarray(from, end));
  });
  if (end !== bytes.length || end !== size) {
    throw new RangeError("sizes");
  }
  return { kind, numbers, texts };
}
