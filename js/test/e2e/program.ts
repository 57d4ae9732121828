import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A program of js/test/serving that runs. */
export interface Program {
  /** What it has told of itself. */
  readonly started: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

const root = new URL("../../../", import.meta.url);

/** Starts a program, by its path in the repository. */
export async function startProgram(path: string, args: readonly string[] = []): Promise<Program> {
  const program = spawn(path, args, { cwd: root, stdio: ["pipe", "pipe", "inherit"] });
  const [line] = (await Promise.race([
    once(createInterface(program.stdout), "line"),
    once(program, "exit").then(() => {
      throw new Error(`${path} ended at once`);
    }),
  ])) as [string];
  return {
    started: JSON.parse(line) as Record<string, string>,
    close: async () => {
      program.stdin.end();
      await once(program, "exit");
    },
  };
}
