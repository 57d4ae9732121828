/** The cookies of one origin, as a browser keeps them (RFC 6265, section 5). */
export class Cookies {
  /** By name and path. */
  private readonly kept = new Map<string, { name: string; value: string; path: string; expires: number }>();

  /** Takes a Set-Cookie of an answer to this path. */
  set(header: string, requestPath: string): void {
    const [pair = "", ...attributes] = header.split(";").map((part) => part.trim());
    const [name, value] = split(pair);
    if (!name) {
      return;
    }
    let path = requestPath.slice(0, Math.max(1, requestPath.lastIndexOf("/"))); // section 5.1.4
    let expires = Infinity;
    let maxAge: number | undefined;
    for (const attribute of attributes) {
      const [key, text] = split(attribute);
      switch (key.toLowerCase()) {
        case "path":
          path = text.startsWith("/") ? text : path;
          break;
        case "expires":
          expires = Date.parse(text);
          break;
        case "max-age":
          maxAge = Number(text);
      }
    }
    if (maxAge !== undefined && !Number.isNaN(maxAge)) {
      expires = Date.now() + maxAge * 1000;
    }
    const key = `${name};${path}`;
    this.kept.delete(key);
    if (!(expires <= Date.now())) {
      this.kept.set(key, { name, value, path, expires });
    }
  }

  /** The Cookie header of a request to this path; "" for none. */
  header(path: string): string {
    return [...this.kept.values()]
      .filter((cookie) => covers(cookie.path, path) && cookie.expires > Date.now())
      .sort((a, b) => b.path.length - a.path.length)
      .map(({ name, value }) => `${name}=${value}`)
      .join("; ");
  }
}

const split = (text: string): [string, string] => {
  const at = text.indexOf("=");
  return at < 0 ? [text, ""] : [text.slice(0, at).trim(), text.slice(at + 1).trim()];
};

/** Whether a cookie of this path goes to that one (section 5.1.4). */
const covers = (path: string, of: string): boolean =>
  of === path || (of.startsWith(path) && (path.endsWith("/") || of[path.length] === "/"));
