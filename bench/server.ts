import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { file } from "./bundle.ts";

/** The server of bench/server. */
export interface Server {
  readonly origin: string;
  /** The cookie of a session of the API's. */
  readonly cookie: string;
  close(): Promise<void>;
}

export async function startServer(): Promise<Server> {
  const server = spawn("build/bench-server", [], { cwd: file(""), stdio: ["pipe", "pipe", "inherit"] });
  const [line] = (await Promise.race([
    once(createInterface(server.stdout), "line"),
    once(server, "exit").then(() => {
      throw new Error("build/bench-server ended at once");
    }),
  ])) as [string];
  return {
    ...(JSON.parse(line) as { origin: string; cookie: string }),
    close: async () => {
      server.stdin.end();
      await once(server, "exit");
    },
  };
}
