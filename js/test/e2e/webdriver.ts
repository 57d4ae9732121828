import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { Readable } from "node:stream";

// WebKit as it is started and spoken to: https://www.w3.org/TR/webdriver2/.
// A driver has one session, and a session one set of cookies.

/** That of WEBKIT, or of Debian's package, whose place depends on the processor. */
const findBrowser = (): string =>
  process.env["WEBKIT"] ??
  execFileSync(new URL("../../../tools/webkit.sh", import.meta.url).pathname, { encoding: "utf8" }).trim();

/** A display that nobody sees. */
export interface Display {
  readonly name: string;
  readonly close: () => Promise<void>;
}

async function end(program: ChildProcess): Promise<void> {
  if (program.exitCode === null && program.signalCode === null) {
    const ended = once(program, "exit");
    program.kill();
    await ended;
  }
}

export async function startDisplay(): Promise<Display> {
  const program = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
  });
  await once(program, "spawn"); // it rejects where there is none
  const [number] = (await once(program.stdio[3] as Readable, "data")) as [Buffer];
  return { name: `:${number.toString().trim()}`, close: () => end(program) };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  return port;
}

/** Sends a command to a session's window. */
export type Command = (method: string, path: string, body?: object) => Promise<unknown>;

export interface Session {
  /** Sends a command once those before it have their answers. */
  readonly send: Command;
  /** Sends commands to a window, with none to another in between. */
  readonly inWindow: <T>(handle: string, task: (send: Command) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

/** A driver that listens. */
interface Driver {
  readonly program: ChildProcess;
  readonly request: Command;
}

/** To draw with OpenGL and in layers, on a machine without a graphics card, is a sixth of its work. */
const drawsPlainly = { WEBKIT_DISABLE_COMPOSITING_MODE: "1", WEBKIT_SKIA_ENABLE_CPU_RENDERING: "1" };

async function startDriver(display: Display): Promise<Driver> {
  for (let tries = 0; tries < 5; tries++) {
    const port = await freePort();
    const program = spawn("WebKitWebDriver", ["-p", String(port)], {
      env: { ...process.env, ...drawsPlainly, DISPLAY: display.name },
      stdio: ["ignore", "ignore", "ignore"],
    });
    const request: Command = async (method, path, body) => {
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        body: body ? JSON.stringify(body) : null,
      });
      const { value } = (await response.json()) as { value: { error?: string; message?: string } };
      if (!response.ok) {
        throw new Error(`${method} ${path}: ${value.error ?? ""}: ${value.message ?? ""}`);
      }
      return value;
    };
    await once(program, "spawn");
    const runs = (): boolean => program.exitCode === null;
    // It ends where somebody was quicker to take the port.
    for (let waited = 0; waited < 100 && runs(); waited++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      if ((await request("GET", "/status").catch(() => false)) !== false && runs()) {
        return { program, request };
      }
    }
    await end(program);
  }
  throw new Error("WebKitWebDriver does not answer");
}

export async function startSession(display: Display): Promise<Session> {
  const { program, request } = await startDriver(display);
  const begin = async (): Promise<string> => {
    const options = { binary: findBrowser(), args: ["--automation"] };
    const capabilities = {
      alwaysMatch: { acceptInsecureCerts: true, "webkitgtk:browserOptions": options }, // the hostile server's
    };
    return ((await request("POST", "/session", { capabilities })) as { sessionId: string }).sessionId;
  };
  const sessionId = await begin().catch(async (error: unknown) => {
    await end(program);
    throw error;
  });
  const send: Command = (method, path, body) => request(method, `/session/${sessionId}${path}`, body);
  await send("POST", "/timeouts", { script: 60_000, pageLoad: 60_000 });

  let last: Promise<unknown> = Promise.resolve();
  let current = "";
  function next<T>(task: () => Promise<T>): Promise<T> {
    const done = last.then(task, task);
    last = done.catch(() => undefined);
    return done;
  }
  return {
    send: (...command) => next(() => send(...command)),
    inWindow: (handle, task) =>
      next(async () => {
        if (handle !== current) {
          await send("POST", "/window", { handle });
          current = handle;
        }
        return task(send);
      }),
    close: async () => {
      await next(() => send("DELETE", "")).catch(() => undefined);
      await end(program);
    },
  };
}
