import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

// Projects of people who use the package: made of templates/ in a folder that
// knows nothing of this repository, with the tarball that would be published.

const js = new URL("../../", import.meta.url).pathname;
const templates = join(js, "test/packaging/templates");
const places = join(js, "test/places/templates");

/** The folder with all the projects of a file's tests. */
export const projects = mkdtempSync(join(tmpdir(), "traq-auth-packaging-"));
after(() => rmSync(projects, { recursive: true }));

/** Packs a package, and gives the tarball. */
export function pack(folder: string): string {
  const packed = JSON.parse(npm(folder, "pack", "--json", "--pack-destination", projects)) as [
    { filename: string },
  ];
  return join(projects, packed[0].filename);
}

/** The packed package. */
export const tarball = pack(js);

function npm(folder: string, ...args: string[]): string {
  return execFileSync("npm", ["--loglevel", "error", ...args], { cwd: folder, encoding: "utf8" });
}

/** Makes a project of a template, on top of those that others share with it, and gives its folder. */
export function install(template: string, ...shared: string[]): string {
  const parts = ["common", ...shared, template].map((part) => join(templates, part));
  return installFrom(parts, template, { "traq-auth": tarball });
}

/** Makes a project of a framework's template. */
export const installPlace = (name: string): string =>
  installFrom([join(places, "common"), join(places, name)], name, { "traq-auth": tarball });

/** Makes a project of these folders, with the tarballs of these packages. */
export function installFrom(parts: string[], name: string, tarballs: Record<string, string>): string {
  const folder = join(projects, name);
  mkdirSync(folder);
  for (const part of parts) {
    cpSync(part, folder, { recursive: true });
  }
  for (const [name, file] of Object.entries(tarballs)) {
    cpSync(file, join(folder, `${name}.tgz`));
    lockTarball(join(folder, "package-lock.json"), name, file);
  }
  // The scripts of others need not run, and npm answers for the integrity.
  npm(folder, "ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund");
  return folder;
}

/** The lock file that is committed cannot know the tarball of this very build. */
function lockTarball(file: string, name: string, tarball: string): void {
  const lock = JSON.parse(readFileSync(file, "utf8")) as { packages: Record<string, object> };
  const { version } = JSON.parse(readFileSync(join(js, "package.json"), "utf8")) as { version: string };
  const integrity = `sha512-${createHash("sha512").update(readFileSync(tarball)).digest("base64")}`;
  const entry = lock.packages[`node_modules/${name}`];
  lock.packages[`node_modules/${name}`] = { version, ...entry, integrity };
  writeFileSync(file, JSON.stringify(lock));
}

/** Runs a script of a project's with Node, and gives what it prints. */
export function run(folder: string, ...args: string[]): string {
  return execFileSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
}

/** The names of the modules below a folder. */
export const modulesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".wasm"));
