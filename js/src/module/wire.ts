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

/** A part of a text in UTF-8: its bytes, or a string with a code unit for each of them. */
export type Piece = Uint8Array | string;

/** A text to be written, or its pieces: each copy of a large body takes its time. */
export type Text = string | readonly Piece[] | null;

/** authcore.MaxBody: the size in bytes beyond which a response's body is not read. */
export const maxBody = 4 << 20;

let decoder: TextDecoder | undefined;

function decodeText(bytes: Uint8Array): string {
  if (!("TextDecoder" in globalThis)) {
    return decodeURIComponent(Array.from(bytes, (byte) => `%${(256 + byte).toString(16).slice(1)}`).join(""));
  }
  // A byte order mark is part of the text.
  return (decoder ??= new TextDecoder("utf-8", { ignoreBOM: true })).decode(bytes);
}

/** What stands for a text or for bytes, whatever their realm and their kind of array. */
export function pieceOf(given: unknown): Piece {
  if (ArrayBuffer.isView(given)) {
    return new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  }
  if (typeof given !== "string") {
    return new Uint8Array(Object(given) as ArrayBuffer); // a number would be a length
  }
  // To call a TextEncoder for each text takes a hundredth of a call's time, and jsdom has none.
  return /[^ -~]/.test(given)
    ? // eslint-disable-next-line @typescript-eslint/no-deprecated -- every engine has it
      unescape(encodeURIComponent(given.replace(/\p{Cs}/gu, "\ufffd")))
    : given;
}

/** Writes a message. A lone surrogate becomes U+FFFD. */
export function encode(kind: Kind, numbers: readonly number[], texts: readonly Text[]): Uint8Array {
  const lengths: number[] = [];
  const pieces: Piece[] = [];
  let size = 8 * (4 + numbers.length + texts.length);
  let at = size;
  for (const text of texts) {
    const before = size;
    for (const piece of typeof text === "string" ? [pieceOf(text)] : (text ?? [])) {
      pieces.push(piece);
      size += piece.length;
    }
    lengths.push(text === null ? -1 : size - before);
  }
  const bytes = new Uint8Array(size);
  // What has WebAssembly's memory is little-endian itself.
  const head = new Float64Array(bytes.buffer, 0, at / 8);
  head.set([size, kind, numbers.length, texts.length, ...numbers, ...lengths]);
  for (const piece of pieces) {
    if (typeof piece === "string") {
      for (let i = 0; i < piece.length; i++) {
        bytes[at + i] = piece.charCodeAt(i);
      }
    } else {
      bytes.set(piece, at);
    }
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
