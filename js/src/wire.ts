// The JavaScript half of the messages that cross into the module and out of
// it. Their form is written in wasm/wire/doc.go, and tested there and here
// against wasm/wire/testdata/vectors.json.

/** What a message is. */
export const Kind = { call: 0, response: 1, request: 2, result: 3, error: 4 } as const;

/** A message that was read. */
export interface Message {
  readonly kind: number;
  readonly numbers: readonly number[];
  readonly texts: readonly (string | null)[];
}

/** A text to be written: bytes stand for themselves. */
export type Text = string | Uint8Array | null;

/** A message to be written. */
export interface Draft {
  readonly kind: number;
  readonly numbers: readonly number[];
  /** Strings are ASCII. */
  readonly texts: readonly Text[];
  /** In bytes. */
  readonly size: number;
}

const headerSize = 16;
const nullLength = 0xffffffff;
/** The size in bytes beyond which the module refuses a message. */
export const maxSize = 16 << 20;

const encoder = new TextEncoder();
// A byte order mark is part of the text.
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** Prepares a message. A lone surrogate becomes U+FFFD. */
export function draft(kind: number, numbers: readonly number[], texts: readonly Text[]): Draft {
  const parts = texts.map((text) =>
    // ASCII is its own encoding, and an encoder's buffers take their time.
    typeof text !== "string" || /^[\0-\x7f]*$/.test(text) ? text : encoder.encode(text),
  );
  const start = headerSize + 8 * numbers.length + 4 * parts.length;
  return {
    kind,
    numbers,
    texts: parts,
    size: parts.reduce((sum, part) => sum + (part?.length ?? 0), start),
  };
}

/** Writes a message into memory at an offset, where there is room for it. */
export function write({ kind, numbers, texts, size }: Draft, memory: DataView, offset: number): void {
  let at = offset;
  const uint32 = (n: number): void => {
    memory.setUint32(at, n, true);
    at += 4;
  };
  [size, kind, numbers.length, texts.length].forEach(uint32);
  for (const n of numbers) {
    memory.setFloat64(at, n, true);
    at += 8;
  }
  for (const text of texts) {
    uint32(text?.length ?? nullLength);
  }
  for (const text of texts) {
    if (typeof text === "string") {
      for (let i = 0; i < text.length; i++) {
        memory.setUint8(at++, text.charCodeAt(i));
      }
    } else if (text) {
      new Uint8Array(memory.buffer).set(text, at);
      at += text.length;
    }
  }
}

/** Gives a message's bytes. */
export function encode(message: Draft): Uint8Array {
  const bytes = new Uint8Array(message.size);
  write(message, new DataView(bytes.buffer), 0);
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
  const all = decoder.decode(bytes.subarray(start));
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
    texts.push(plain ? all.slice(from - start, end - start) : decoder.decode(bytes.subarray(from, end)));
  }
  if (end !== size) {
    throw new RangeError("a message whose sizes do not add up");
  }
  return { kind: view.getUint32(4, true), numbers, texts };
}
