#!/usr/bin/env node
import { parseArgs } from "node:util";
import { listen } from "./index.js";
import type { ListenOptions } from "./types.js";

const help = `traq-auth-testing: traQ's Authentication API in memory, as a server for tests

  npx traq-auth-testing [--port 8080] [--host 127.0.0.1] [--origin http://localhost:5173]

  --port PORT      the port to listen on; 0, the default, takes one that is free
  --host HOST      the address to listen on: 127.0.0.1, the default, or another of this machine's
  --origin ORIGIN  where a browser finds it: the page's own origin, which passes /api and /_provider on to it.
                   Without one it is found where a request says that it goes
  --help           print this

It prints the address that it listens on. Users: alice, bob and flooder, of the password password1234;
traq, of the password traq. To arrange something, post its arguments as JSON:

  curl -H 'Content-Type: application/json' -d '["alice"]' http://127.0.0.1:8080/_testing/act/suspend

The words are those of createTestServer's act, in the package's README.`;

function options(): ListenOptions | undefined {
  const { values, positionals } = parseArgs({
    options: {
      port: { type: "string", default: "0" },
      host: { type: "string", default: "127.0.0.1" },
      origin: { type: "string" },
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
  const { host, origin } = values;
  if (origin !== undefined && !/^https?:$/.test(protocol(origin))) {
    throw new Error(`the origin is one as http://localhost:5173, not ${JSON.stringify(origin)}`);
  }
  return { port, host, ...(origin === undefined ? {} : { origin }) };
}

const protocol = (address: string): string => (URL.canParse(address) ? new URL(address).protocol : "");

async function main(): Promise<void> {
  const given = options();
  if (!given) {
    console.log(help);
    return;
  }
  const { origin } = await listen(given);
  console.log(`traQ in memory: ${origin}/api/v3`);
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
