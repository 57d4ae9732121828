// What every fetch refuses of its arguments, before anything is sent.

const token = /^[!#$%&'*+.^_`|~\w-]+$/;
const forbidden = /^(connect|trace|track)$/i;

/** What the members of an init can be. The mode "navigate" is a browser's own. */
const values = {
  mode: ["same-origin", "no-cors", "cors"],
  credentials: ["omit", "same-origin", "include"],
  cache: ["default", "no-store", "reload", "no-cache", "force-cache", "only-if-cached"],
  redirect: ["follow", "error", "manual"],
} as const;

/** Throws the TypeError that a fetch throws, in words of its own. */
export function check(url: URL, init: RequestInit & { duplex?: unknown }): void {
  if (url.username || url.password) {
    throw new TypeError("an address with a user name or a password cannot be fetched");
  }
  for (const [member, possible] of Object.entries(values) as [keyof typeof values, readonly string[]][]) {
    const value = init[member] as string | undefined;
    if (value !== undefined && !possible.includes(value)) {
      throw new TypeError(`${member} is one of ${possible.join(", ")}, not ${value}`);
    }
  }
  const { method, signal, body, duplex } = init;
  if (method !== undefined && (!token.test(method) || forbidden.test(method))) {
    throw new TypeError(`no request can have the method ${JSON.stringify(method)}`);
  }
  if (signal !== undefined && signal !== null && !isSignal(signal)) {
    throw new TypeError("signal is no AbortSignal");
  }
  if (Object.prototype.toString.call(body) === "[object ReadableStream]" && duplex !== "half") {
    throw new TypeError('a body that is a stream needs duplex: "half"');
  }
}

/** In jsdom and its like one is of another realm. */
const isSignal = (signal: unknown): boolean =>
  typeof signal === "object" &&
  typeof (signal as AbortSignal).aborted === "boolean" &&
  typeof (signal as AbortSignal).addEventListener === "function";
