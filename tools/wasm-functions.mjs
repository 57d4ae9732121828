// Reads a WebAssembly module's functions, by their names.
// https://webassembly.github.io/spec/core/binary/modules.html

const sections = { custom: 0, import: 2, code: 10, data: 11 };

/** Gives each function's name and code, and how many bytes the data section has. */
export function readFunctions(bytes) {
  let at = 8;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        return value >>> 0;
      }
    }
  };
  const text = () => {
    const length = number();
    at += length;
    return bytes.toString("utf8", at - length, at);
  };

  const codes = [];
  const names = new Map();
  let imported = 0;
  let data = 0;
  while (at < bytes.length) {
    const id = bytes[at++];
    const size = number();
    const end = at + size;
    if (id === sections.import) {
      imported = number(); // functions alone: the module makes its own memory
    } else if (id === sections.data) {
      data = size;
    } else if (id === sections.code) {
      for (let left = number(); left > 0; left--) {
        const length = number();
        codes.push(bytes.subarray(at, (at += length)));
      }
    } else if (id === sections.custom && text() === "name") {
      while (at < end) {
        const kind = bytes[at++];
        const length = number();
        const next = at + length;
        if (kind === 1) {
          for (let left = number(); left > 0; left--) {
            const index = number();
            names.set(index, text());
          }
        }
        at = next;
      }
    }
    at = end;
  }
  return { functions: codes.map((code, i) => [names.get(imported + i) ?? "", code]), data };
}
