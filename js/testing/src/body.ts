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
      return encoded(await own(body as FormData));
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

/** The same form as one that Response knows. */
async function own(form: FormData): Promise<FormData> {
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  const known = await new platform.Response("", { headers }).formData();
  for (const [name, value] of form) {
    if (typeof value === "string") {
      known.append(name, value);
    } else {
      const blob = new platform.Response(await content(value), { headers: { "Content-Type": value.type } });
      known.append(name, await blob.blob(), value.name);
    }
  }
  return known;
}
