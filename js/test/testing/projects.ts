import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installFrom, pack, projects, tarball } from "../packaging/project.ts";

// Projects of people who test with traq-auth-testing, from both tarballs.

export const testing = new URL("../../testing/", import.meta.url).pathname;
export const testingTarball = pack(testing);
const templates = new URL("templates/", import.meta.url).pathname;

/** Makes a project of a template, or of other folders, and gives where it is. */
export const project = (name: string, ...folders: string[]): string =>
  installFrom(folders.length ? folders : [template(name)], name, {
    "traq-auth": tarball,
    "traq-auth-testing": testingTarball,
  });

/** The folder of a template. */
export const template = (name: string): string => join(templates, name);

/** A PATH with Node and what npm's scripts need, and with a "go" that nobody may call. */
export const path = pathWithoutGo();

function pathWithoutGo(): string {
  const bin = join(projects, "bin");
  mkdirSync(bin);
  symlinkSync(process.execPath, join(bin, "node"));
  for (const folder of ["/usr/bin", "/bin"]) {
    for (const name of readdirSync(folder).filter((name) => ["env", "sh"].includes(name))) {
      try {
        symlinkSync(join(folder, name), join(bin, name));
      } catch {} // /bin may be /usr/bin
    }
  }
  writeFileSync(join(bin, "go"), "#!/bin/sh\necho go was called >&2\nexit 99\n");
  chmodSync(join(bin, "go"), 0o755);
  return bin;
}

/** Runs a command of a project's own, and gives how it ended. */
export function command(
  folder: string,
  [name, ...args]: readonly [string, ...string[]],
  env: Record<string, string> = { PATH: path },
): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(join(folder, "node_modules/.bin", name), args, {
    cwd: folder,
    env: { ...process.env, NO_COLOR: "1", NODE_OPTIONS: "--experimental-vm-modules", ...env },
    encoding: "utf8",
    timeout: 300_000,
  });
  return { status, output: stdout + stderr };
}
