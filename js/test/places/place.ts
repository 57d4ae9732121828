import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, request, type IncomingMessage } from "node:http";
import { dirname, join } from "node:path";
import { pipeline, type Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { listen, type Running } from "../packaging/running.ts";

/** Runs one of a project's scripts to its end, and gives what it prints; throws that where it fails. */
export function build(project: string, script: string, env: Record<string, string>): string {
  const command = ["run", "--silent", ...script.split(" ")];
  const { status, stdout, stderr } = spawnSync("npm", command, {
    cwd: project,
    env: { ...process.env, ...env, CI: "1" },
    encoding: "utf8",
  });
  if (status !== 0) {
    throw new Error(`npm ${command.join(" ")}: ${stdout}${stderr}`);
  }
  return stdout;
}

async function freePort(): Promise<number> {
  const { origin, close } = await listen(createServer());
  await close();
  return Number(new URL(origin).port);
}

/** Starts a project's server by one of its scripts, and waits until it answers. */
export async function start(
  project: string,
  script: (port: number) => string,
  env: Record<string, string>,
): Promise<Running> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  let printed = "";
  // In a group of its own, so that what npm starts ends with it.
  const server = spawn("npm", ["run", "--silent", ...script(port).split(" ")], {
    cwd: project,
    env: { ...process.env, ...env, CI: "1", PORT: `${port}`, HOST: "127.0.0.1", ORIGIN: origin },
    detached: true,
  });
  const ended = once(server, "exit");
  for (const output of [server.stdout, server.stderr]) {
    output.on("data", (text) => {
      printed += String(text);
    });
  }
  const close = async (): Promise<void> => {
    if (server.exitCode === null && server.pid !== undefined) {
      process.kill(-server.pid, "SIGKILL");
    }
    await ended;
  };
  const end = Date.now() + 180_000;
  while (Date.now() < end && server.exitCode === null) {
    if (await fetch(origin).then(Boolean, () => false)) {
      return { origin, close };
    }
    await sleep(250);
  }
  await close();
  throw new Error(`npm run ${script(port)}: no answer; ${printed}`);
}

/**
 * One origin for a project's pages and the API, as a proxy before both makes it; a
 * development server's WebSocket passes. `asked` are the API's requests.
 */
export async function front(pages: string, api: string): Promise<Running & { readonly asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((incoming, answer) => {
    const { url = "/", method = "GET", headers } = incoming;
    if (url.startsWith("/api/")) {
      asked.push(`${method} ${url}`);
    }
    const to = /^\/api\/(v3|auth)\b/.test(url) ? api : pages;
    const outgoing = request(
      new URL(url, to),
      { method, headers: { ...headers, host: new URL(to).host } },
      (given) => {
        answer.writeHead(given.statusCode ?? 502, given.headers);
        given.pipe(answer);
      },
    );
    outgoing.on("error", () => answer.destroy());
    incoming.pipe(outgoing);
  });
  server.on("upgrade", ({ url = "/", headers }: IncomingMessage, socket: Duplex) => {
    const outgoing = request(new URL(url, pages), { headers: { ...headers, host: new URL(pages).host } });
    outgoing.on("upgrade", ({ rawHeaders }, through) => {
      const lines = rawHeaders.flatMap((name, i) => (i % 2 ? [] : `${name}: ${rawHeaders[i + 1] ?? ""}\r\n`));
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join("")}\r\n`);
      pipeline(through, socket, through, () => undefined); // either may end it
    });
    outgoing.on("error", () => socket.destroy()).end();
  });
  return { ...(await listen(server)), asked };
}

/** Writes what docs/servers-and-edges.md shows, by which a project's server asks who is signed in, into its file. */
export function writeSession(project: string, file: string, api: string): void {
  const guide = readFileSync(new URL("../docs/servers/cookie.ts", import.meta.url), "utf8");
  mkdirSync(join(project, dirname(file)), { recursive: true });
  writeFileSync(join(project, file), guide.replace("https://traq.example", api));
}
