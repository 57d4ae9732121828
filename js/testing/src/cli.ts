#!/usr/bin/env node
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ReadableStream } from "node:stream/web";
import { parseArgs } from "node:util";
import { createTestServer } from "./index.js";
import type { Actions, TestServer } from "./types.js";

const help = `traq-auth-testing: traQ's Authentication API in memory, as a server for tests

  npx traq-auth-testing [--port 8080] [--host 127.0.0.1]

  --port PORT   the port to listen on; 0, the default, takes one that is free
  --host HOST   the address to listen on: 127.0.0.1, the default, or another of this machine's
  --help        print this

It prints the address that it listens on. Users: alice, bob and flooder, of the password password1234;
traq, of the password traq. To arrange something, post its arguments as JSON:

  curl -H 'Content-Type: application/json' -d '["alice"]' http://127.0.0.1:8080/_testing/act/suspend

The words are those of createTestServer's act, in the package's README.`;

/** Below it something is arranged, and what is not traQ's is answered. */
const arranging = "/_testing/act/";

function options(): { port: number; host: string } | undefined {
  const { values, positionals } = parseArgs({
    options: {
      port: { type: "string", default: "0" },
      host: { type: "string", default: "127.0.0.1" },
      help: { type: "boolean", short: "h", default: false },
    },
    allowPositionals: true,
  });
  if (values.help) {
    return undefined;
  }
  if (positionals[0] !== undefined) {
    throw new Error(
      `there is no argument ${JSON.stringify(positionals[0])}; the port is given as --port 8080`,
    );
  }
  const port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : NaN;
  if (!(port <= 65_535)) {
    throw new Error(`the port is a number from 0 to 65535, not ${JSON.stringify(values.port)}`);
  }
  return { port, host: values.host };
}

async function body(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** Arranges something. A page of another site's cannot: it would have to ask before it sends JSON, and is refused. */
async function arrange(traq: TestServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const action = (request.url as string).slice(arranging.length) as keyof Actions;
  if (request.method !== "POST" || request.headers["content-type"] !== "application/json") {
    response.writeHead(400).end("it takes POST, and Content-Type: application/json\n");
    return;
  }
  try {
    const args = JSON.parse((await body(request)).toString() || "[]") as Actions[typeof action];
    if (!Array.isArray(args)) {
      throw new Error("the body is a JSON array of the arguments");
    }
    traq.act(action, ...args);
    response.writeHead(204).end();
  } catch (error) {
    response.writeHead(400, { "Content-Type": "text/plain" }).end(`${(error as Error).message}\n`);
  }
}

async function answer(traq: TestServer, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.on("close", () => gone.abort());
  const headers: [string, string][] = [];
  for (let i = 0; i < request.rawHeaders.length; i += 2) {
    headers.push([request.rawHeaders[i] as string, request.rawHeaders[i + 1] as string]);
  }
  const bytes = await body(request);
  try {
    const answered = await traq.handle(
      `http://${request.headers.host ?? "localhost"}${request.url as string}`,
      {
        method: request.method as string,
        headers,
        body: bytes.length ? new Uint8Array(bytes) : null,
        signal: gone.signal,
      },
    );
    for (const [name, value] of answered.headers) {
      response.appendHeader(name, value);
    }
    response.writeHead(answered.status).flushHeaders();
    await pipeline(
      Readable.fromWeb(
        (answered.body as ReadableStream | null) ?? new ReadableStream({ start: (none) => none.close() }),
      ),
      response,
    );
  } catch {
    response.destroy(); // as the connection broke off there
  }
}

async function main(): Promise<void> {
  const given = options();
  if (!given) {
    console.log(help);
    return;
  }
  const traq = await createTestServer();
  const server = createServer((request, response) => {
    void (request.url?.startsWith(arranging) ? arrange : answer)(traq, request, response);
  });
  server.keepAliveTimeout = 60_000; // longer than a client keeps a connection that it does not use
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(given.port, given.host, resolve);
  });
  const { address, port, family } = server.address() as { address: string; port: number; family: string };
  console.log(`traQ in memory: http://${family === "IPv6" ? `[${address}]` : address}:${port}/api/v3`);
}

/** What is wrong, in a sentence. */
function sentence(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const said: Record<string, string> = {
    EADDRINUSE: "something else listens on that port already; take another --port",
    EACCES: "this user may not listen on that port; take one above 1023",
    EADDRNOTAVAIL: "that host is no address of this machine's",
    ENOTFOUND: "that host is no address of this machine's",
  };
  return said[code ?? ""] ?? (message.split(/[.:] /)[0] as string);
}

main().catch((error: unknown) => {
  console.error(`traq-auth-testing: ${sentence(error)}. --help says what there is.`);
  process.exitCode = 1;
});
