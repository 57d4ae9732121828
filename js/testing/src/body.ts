import { platform } from "./platform.js";

/** A request's body, and the Content-Type that `fetch` sends for it. */
interface Body {
  readonly body: Uint8Array | null;
  readonly type: string | null;
}

/**
 * Reads what `fetch` is given as a body. In jsdom and its like it is of another
 * realm, which Node's Response takes for a text: it is known by its name.
 */
export async function bytes(body: BodyInit | null | undefined): Promise<Body> {
  if (body === null || body === undefined) {
    return { body: null, type: null };
  }
  if (ArrayBuffer.isView(body)) {
    return { body: new Uint8Array(body.buffer, body.byteOffset, body.byteLength), type: null };
  }
  switch (nameOf(body)) {
    case "ArrayBuffer":
      return { body: new Uint8Array(body as ArrayBuffer), type: null };
    case "URLSearchParams":
      return encoded((body as URLSearchParams).toString(), "application/x-www-form-urlencoded;charset=UTF-8");
    case "Blob":
    case "File":
      return { body: await content(body as Blob), type: (body as Blob).type || null };
    case "FormData":
      return multipart(body as FormData);
    default:
      return encoded(body);
  }
}

const nameOf = (value: unknown): string => Object.prototype.toString.call(value).slice("[object ".length, -1);

async function encoded(body: BodyInit, type?: string): Promise<Body> {
  const response = new platform.Response(body);
  return {
    body: new Uint8Array(await response.arrayBuffer()),
    type: type ?? response.headers.get("Content-Type"),
  };
}

/** The bytes of a Blob. Not every one can give them itself. */
async function content(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  if (typeof blob.arrayBuffer === "function") {
    return new Uint8Array(await blob.arrayBuffer());
  }
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(new Uint8Array(reader.result as ArrayBuffer));
    reader.onerror = () => reject(new TypeError("the Blob cannot be read", { cause: reader.error }));
    reader.readAsArrayBuffer(blob);
  });
}

/** A form as multipart/form-data (HTML, "multipart/form-data encoding algorithm"). */
async function multipart(form: FormData): Promise<Body> {
  const boundary = `----traq-auth-testing${platform.crypto.getRandomValues(new Uint32Array(4)).join("")}`;
  const parts: (string | Uint8Array<ArrayBuffer>)[] = [];
  for (const [name, value] of form) {
    parts.push(`--${boundary}\r\nContent-Disposition: form-data; name="${escaped(lines(name))}"`);
    if (typeof value === "string") {
      parts.push(`\r\n\r\n${lines(value)}\r\n`);
    } else {
      const type = value.type || "application/octet-stream";
      parts.push(
        `; filename="${escaped(value.name)}"\r\nContent-Type: ${type}\r\n\r\n`,
        await content(value),
      );
      parts.push("\r\n");
    }
  }
  const encoder = new platform.TextEncoder();
  const bytes = [...parts, `--${boundary}--\r\n`].map((part) =>
    typeof part === "string" ? encoder.encode(part) : part,
  );
  const body = new Uint8Array(bytes.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of bytes) {
    body.set(part, at);
    at += part.length;
  }
  return { body, type: `multipart/form-data; boundary=${boundary}` };
}

const lines = (text: string): string => text.replace(/\r\n?|\n/g, "\r\n");

const escaped = (text: string): string =>
  text.replace(/\n/g, "%0A").replace(/\r/g, "%0D").replace(/"/g, "%22");
