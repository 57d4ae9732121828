import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** The example's program, as TRAQ=… make run starts it. */
export interface Example {
  /** The address of the page in front of the server. */
  readonly page: string;
  /** The address of the third party's page. */
  readonly app: string;
  readonly end: () => void;
}

/** Starts the example in front of a server. */
export async function startExample(server: string, ...args: string[]): Promise<Example> {
  const example = spawn("build/example", ["-pkg", "js/dist", "-port", "0", "-traq", server, ...args], {
    cwd: new URL("../../../", import.meta.url),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const addresses: string[] = [];
  for await (const line of createInterface(example.stdout)) {
    addresses.push(/^http:\/\/\S+/.exec(line)?.[0] ?? assert.fail(line));
    if (addresses.length === 2) {
      break;
    }
  }
  const [page, app] = addresses;
  assert.ok(page && app, "it says where both pages are");
  return { page, app, end: () => example.kill() };
}
