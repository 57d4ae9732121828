import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, request, type IncomingMessage } from "node:http";
import { dirname, join } from "node:path";
import { pipeline, type Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, EvaluateFunc, Page } from "puppeteer-core";
import { inNewContext } from "../e2e/new-context.ts";
import { waitFor } from "../e2e/wait.ts";
import { installPlace } from "../packaging/project.ts";
import { listen, type Running } from "../packaging/running.ts";

const chosen = process.env["PLACES"]?.split(" ");

/** Why a template is not tested, where the variable PLACES leaves it out. */
export const leftOut = (template: string): string | false =>
  chosen !== undefined && !chosen.includes(template) && "not in PLACES";

/** By which file a template's server asks who is signed in, where it does: what docs/servers-and-edges.md shows. */
const sessions: Readonly<Partial<Record<string, string>>> = {
  next: "app/session.ts",
  nuxt: "app/session.ts",
  sveltekit: "src/lib/session.ts",
};

/** Makes a project of a template, whose server asks the API at this address. */
export function install(template: string, api: string): string {
  const project = installPlace(template);
  const session = sessions[template];
  if (session !== undefined) {
    const guide = readFileSync(new URL("../docs/servers/session.ts", import.meta.url), "utf8");
    mkdirSync(join(project, dirname(session)), { recursive: true });
    writeFileSync(join(project, session), guide.replace("https://traq.example", api));
  }
  return project;
}

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
export function start(
  project: string,
  script: (port: number) => string,
  env: Record<string, string>,
): Promise<Running> {
  return startCommand((port) => ["npm", "run", "--silent", ...script(port).split(" ")], project, env);
}

/** Starts a server by a command, and waits until it answers. */
export async function startCommand(
  command: (port: number) => readonly string[],
  folder: string,
  env: Record<string, string>,
): Promise<Running> {
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const [program = "", ...args] = command(port);
  let printed = "";
  // In a group of its own, so that what it starts ends with it.
  const server = spawn(program, args, {
    cwd: folder,
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
  throw new Error(`${program} ${args.join(" ")}: no answer; ${printed}`);
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

/** Waits as {@link waitFor} does, so many times 30 s. */
export function waitTimes<Args extends unknown[]>(
  times: number,
  page: Page,
  task: EvaluateFunc<Args>,
  ...args: Args
): Promise<void> {
  const waiting = waitFor(page, task, ...args);
  return times > 1 ? waiting.catch(() => waitTimes(times - 1, page, task, ...args)) : waiting;
}

/**
 * Signs in on a page as somebody new, and gives what the page shows, or what went wrong. It
 * is waited for so many times 30 s.
 */
export function signsIn(browser: Browser, address: string, waits: number): Promise<string> {
  return inNewContext(browser, async (page, wrong) => {
    page.on("requestfailed", (request) =>
      wrong.push(`${request.url()} ${request.failure()?.errorText ?? ""}`),
    );
    page.on("console", (message) => wrong.push(message.text()));
    await page.goto(address, { timeout: 120_000 });
    const text = (): string => document.querySelector("#signed-in")?.textContent ?? "";
    await waitTimes(waits, page, text).catch((error: unknown) => wrong.push(String(error)));
    return (await page.evaluate(text)) || wrong.join("\n");
  });
}
