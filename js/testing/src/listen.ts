import type { IncomingMessage, ServerResponse } from "node:http";
import type { Handle } from "./browser.js";
import { create } from "./create.js";
import { node } from "./module-esm.js";
import type { Actions, Listening, ListenOptions, TestServer } from "./types.js";
import type { WireResponse } from "./wire.js";

/** Below it something is arranged, and what is not traQ's is answered. */
const arranging = "/_testing/act/";

export async function listenAt(options: ListenOptions): Promise<Listening> {
  const { port = 0, host = "127.0.0.1", wasm, ...found } = options;
  if (!host) {
    throw new Error(`the host is an address as 127.0.0.1, not ${JSON.stringify(host)}`); // Node would listen at all
  }
  const { createServer } = await node<typeof import("node:http")>("http");
  const { traq, handle } = await create({ ...found, ...(wasm && { wasm }) });
  const origin = found.origin === undefined ? undefined : traq.origin;
  const server = createServer((request, response) => {
    const { path, host } = targetOf(request);
    const address = path === undefined ? undefined : (origin ?? `http://${host}`) + path;
    const answered = path?.startsWith(arranging)
      ? arrange(traq, path.slice(arranging.length), request, response)
      : answer(handle, address, request, response);
    answered.catch(() => response.destroy()); // as the connection broke off there
  });
  server.keepAliveTimeout = 60_000; // longer than a client keeps a connection that it does not use
  await new Promise<void>((resolve, reject) => {
    server.on("error", reject).listen(port, host, resolve);
  });
  const at = server.address() as { address: string; port: number; family: string };
  return {
    origin: `http://${at.family === "IPv6" ? `[${at.address}]` : at.address}:${at.port}`,
    act: traq.act,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          traq.close();
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

/** What a request is for. In the absolute form, it is that, whatever Host says (RFC 9112, section 3.2.2). */
function targetOf({ url = "", headers }: IncomingMessage): { path?: string; host: string } {
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) {
    const { host, pathname, search } = new URL(url);
    return { path: pathname + search, host };
  }
  const host = headers.host || "localhost";
  return url.startsWith("/") ? { path: url, host } : { host }; // "*" is none
}

async function body(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** Arranges something. A page of another site's cannot: it would have to ask before it sends JSON, and is refused. */
async function arrange(
  traq: TestServer,
  word: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const action = word as keyof Actions;
  const [type = ""] = (request.headers["content-type"] ?? "").split(";");
  if (request.method !== "POST" || type.trim().toLowerCase() !== "application/json") {
    response.writeHead(400).end("it takes POST, and Content-Type: application/json\n");
    return;
  }
  const text = new TextDecoder().decode(await body(request));
  try {
    const args = JSON.parse(text || "[]") as Actions[typeof action];
    if (!Array.isArray(args)) {
      throw new Error("the body is a JSON array of the arguments");
    }
    traq.act(action, ...args);
    response.writeHead(204).end();
  } catch (error) {
    response.writeHead(400, { "Content-Type": "text/plain" }).end(`${(error as Error).message}\n`);
  }
}

/** Answers what a browser finds at an address. */
async function answer(
  handle: Handle,
  address: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const gone = new AbortController();
  response.on("close", () => gone.abort()).on("error", () => undefined);
  const bytes = await body(request);
  if (address === undefined || !URL.canParse(address)) {
    response.writeHead(400).end();
    return;
  }
  const headers = pairs(request.rawHeaders);
  const { href: url } = new URL(address);
  const method = request.method as string;
  write(await handle({ method, url, headers, body: bytes }, gone.signal), response);
}

function pairs(raw: readonly string[]): [string, string][] {
  const pairs: [string, string][] = [];
  for (let i = 0; i < raw.length; i += 2) {
    pairs.push([raw[i] as string, raw[i + 1] as string]);
  }
  return pairs;
}

function write({ status, headers, body, broken }: WireResponse, response: ServerResponse): void {
  if (!status) {
    throw new Error(broken);
  }
  for (const [name, value] of headers) {
    response.appendHeader(name, value);
  }
  response.writeHead(status);
  if (broken) {
    response.flushHeaders();
    response.write(body, () => response.destroy());
  } else {
    response.end(body);
  }
}
