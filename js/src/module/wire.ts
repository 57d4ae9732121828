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

/** A text to be written; bytes stand for themselves, in pieces: each copy of a large body takes its time. */
export type Text = string | readonly Uint8Array[] | null;

/** authcore.MaxBody: the size in bytes beyond which a response's body is not read. */
export const maxBody = 4 << 20;

/** A text's bytes in UTF-8. TextEncoder is not everywhere, as in jsdom. */
const encodeText = (text: string): Uint8Array =>
  "TextEncoder" in globalThis
    ? new TextEncoder().encode(text)
    : // eslint-disable-next-line @typescript-eslint/no-deprecated -- what is without TextEncoder has it
      Uint8Array.from(unescape(encodeURIComponent(text.replace(/\p{Cs}/gu, "\ufffd"))), (byte) =>
        byte.charCodeAt(0),
      );

let decoder: TextDecoder | undefined;

function decodeText(bytes: Uint8Array): string {
  if (!("TextDecoder" in globalThis)) {
    return decodeURIComponent(Array.from(bytes, (byte) => `%${(256 + byte).toString(16).slice(1)}`).join(""));
  }
  // A byte order mark is part of the text.
  return (decoder ??= new TextDecoder("utf-8", { ignoreBOM: true })).decode(bytes);
}

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
  const chunks: Uint8Array[] = [];
  let size = 8 * (4 + numbers.length + texts.length);
  const start = size;
  for (const text of texts) {
    const before = size;
    for (const chunk of typeof text === "string" ? [bytesOf(text)] : (text ?? [])) {
      chunks.push(chunk);
      size += chunk.length;
    }
    lengths.push(text === null ? -1 : size - before);
  }
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  [size, kind, numbers.length, texts.length, ...numbers, ...lengths].forEach((n, i) => {
    view.setFloat64(8 * i, n, true);
  });
  let at = start;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** Reads a message; throws a RangeError where its sizes do not add up. */
export function decode(bytes: Uint8Array): Message {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const next = (): number => view.getFloat64(8 * at++, true); // throws behind the end
  const many = (count: number): number[] => {
    const numbers: number[] = [];
    while (numbers.length < count) {
      numbers.push(next());
    }
    return numbers;
  };
  const [size, kind, numberCount, textCount] = many(4) as [number, Kind, number, number];
  const numbers = many(numberCount);
  const lengths = many(textCount);
  // One decoding for all texts. Where each byte became one code unit, offsets
  // in bytes are offsets in the string; otherwise each text is decoded alone.
  const start = 8 * at;
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
