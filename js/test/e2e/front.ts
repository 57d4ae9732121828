import http from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { after, beforeEach } from "node:test";
import type { Page } from "puppeteer-core";

/** A server in front of another, which can hold back, change or break off what passes. */
export interface Front {
  readonly origin: string;
  readonly port: number;
  /** The requests so far, as "GET /path". */
  readonly hits: string[];
  /** Those that the server has answered so far, whether or not the answer has been passed on. */
  readonly answered: string[];
  close(): Promise<void>;
}

/** Passes the request on, and its answer back. */
export type Forward = (more?: {
  readonly headers?: http.OutgoingHttpHeaders;
  readonly status?: number;
  /** Milliseconds until the answer, after the server has given it. */
  readonly delay?: number;
  readonly path?: string;
}) => void;

/** Answers a request itself, or says that it will, by `true`; all else is passed on. */
export type Handler = (
  req: http.IncomingMessage,
  res: http.ServerResponse,
  forward: Forward,
  // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- a handler that only waits returns nothing
) => boolean | void | Promise<boolean | void>;

const nameOf = ({ method = "", url = "" }: http.IncomingMessage): string => `${method} ${url}`;

export async function startFront(
  target: string,
  handler: Handler = () => false,
  host = "127.0.0.1",
): Promise<Front> {
  const hits: string[] = [];
  const answered: string[] = [];
  const sockets = new Set<Socket>();

  async function answer(req: http.IncomingMessage, res: http.ServerResponse): Promise<void> {
    const forward: Forward = ({ headers, status, delay = 0, path = req.url ?? "/" } = {}) => {
      const url = new URL(path, target);
      const method = req.method ?? "GET";
      const out = http.request(url, { method, headers: { ...req.headers, host: url.host } }, (answer) => {
        answered.push(nameOf(req));
        setTimeout(() => {
          res.writeHead(status ?? answer.statusCode ?? 502, { ...answer.headers, ...headers });
          answer.pipe(res);
        }, delay);
      });
      out.on("error", () => res.destroy());
      req.pipe(out);
    };
    if ((await handler(req, res, forward)) !== true && !res.headersSent) {
      forward();
    }
  }

  const server = http.createServer((req, res) => {
    hits.push(nameOf(req));
    answer(req, res).catch((error: unknown) => {
      console.error("front:", error);
      res.destroy();
    });
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://${host === "::1" ? "[::1]" : host}:${port}`,
    port,
    hits,
    answered,
    close: () =>
      new Promise((done) => {
        sockets.forEach((socket) => socket.destroy());
        server.close(() => done());
      }),
  };
}

/** What starts fronts for a file's tests, and closes them before the next test and after the last. */
export function useFronts(): typeof startFront {
  const fronts: Front[] = [];
  const close = (): Promise<unknown> => Promise.all(fronts.splice(0).map((front) => front.close()));
  beforeEach(close);
  after(close);
  return async (...args) => {
    const front = await startFront(...args);
    fronts.push(front);
    return front;
  };
}

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Answers with a page; for a handler to return. */
export function html(
  res: http.ServerResponse,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): true {
  res.writeHead(200, { "Content-Type": "text/html; charset=utf-8", ...headers });
  res.end(`<!doctype html><link rel="icon" href="data:,">${body}`);
  return true;
}

/** Runs the body of an async function in a page with the package, and gives what it returns, or its error, as JSON. */
export function run(page: Pick<Page, "evaluate">, body: string, pkg = "/pkg/index.js"): Promise<unknown> {
  return page.evaluate(`(async () => {
    const plain = (value) => value === undefined ? "undefined" : JSON.parse(JSON.stringify(value, (_, part) =>
      typeof part === "symbol" ? String(part)
      : part instanceof DOMException ? "DOMException " + part.name + ": " + part.message
      : part instanceof Error && !part.toJSON ? part.name + ": " + part.message
      : part));
    const short = (error) => error?.code && error.operation
      ? error.code + (error.status ? " " + error.status : "") + " [" + error.message + "]" + (error.cause ? " cause=" + String(error.cause) : "")
      : error instanceof DOMException ? "DOMException " + error.name : String(error);
    const settle = (promise) => Promise.resolve(promise).then((ok) => ({ ok }), (error) => ({ err: short(error) }));
    const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    const alice = { name: "alice", password: "password1234" }, bob = { name: "bob", password: "password1234" };
    try {
      const { createAuthClient, isAuthError, AuthError } = await import(${JSON.stringify(pkg)});
      return plain(await (async () => { ${body} })());
    } catch (error) {
      return { threw: short(error) + (error?.stack ? " @ " + error.stack.split("\\n").slice(0, 3).join(" | ") : "") };
    }
  })()`);
}
