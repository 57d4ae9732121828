import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { isDeepStrictEqual } from "node:util";
import { gzipSync } from "node:zlib";
import { createBrowser, type Handle } from "../../testing/src/browser.ts";
import { adopt } from "../../testing/src/platform.ts";
import type { Actions, TestServer } from "../../testing/src/types.ts";
import type { WireResponse } from "../../testing/src/wire.ts";

type Headers = Record<string, string>;

/**
 * A server for who replays recordings in another process: what it is asked goes
 * through `fetch`, as a page's call does, and is answered as it was on the wire. What
 * `fetch` showed of it is compared with that.
 */
export class Bridge {
  /** How many requests went through `fetch`. */
  fetched = 0;
  /** What `fetch` showed otherwise than it should have. */
  readonly differences: string[] = [];

  private readonly server = createServer({ maxHeaderSize: 1 << 20 }, (asked, response) => {
    this.answer(asked, response).catch((error: unknown) => response.writeHead(599).end(String(error)));
  });

  private constructor(
    private readonly create: () => Promise<TestServer>,
    private traq: TestServer,
  ) {}

  static async start(create: () => Promise<TestServer>): Promise<Bridge> {
    adopt();
    const bridge = new Bridge(create, await create());
    bridge.server.keepAliveTimeout = 0; // it says so in a header otherwise
    await new Promise<void>((resolve) => bridge.server.listen(0, "127.0.0.1", resolve));
    return bridge;
  }

  get address(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private async answer(asked: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(asked);
    const [, path] = /^\/_testing\/(.*)/.exec(asked.url as string) ?? [];
    if (path !== undefined) {
      response.end(await this.control(path, JSON.parse(body.toString())));
      return;
    }
    const wire = await this.exchange(asked, body);
    for (const [name, value] of wire.headers) {
      response.appendHeader(name, value);
    }
    response.writeHead(wire.status).end(wire.body);
  }

  private async control(path: string, args: unknown): Promise<string> {
    if (path === "new") {
      this.traq.close();
      this.traq = await this.create();
    } else if (path === "session") {
      return this.traq.newBrowser(args as string).cookie.replace("r_session=", "");
    } else {
      this.traq.act(path.slice("act/".length) as keyof Actions, ...(args as []));
    }
    return "";
  }

  private async exchange(asked: IncomingMessage, bytes: Buffer): Promise<WireResponse> {
    const url = `http://${asked.headers.host as string}${asked.url as string}`;
    const method = asked.method as string;
    const { cookie, ...headers } = headersOf(asked.rawHeaders);
    let wire: WireResponse | undefined;
    let handle: Handle = async (request) => {
      wire = await this.overWire(request.url, {
        method: request.method,
        // What no page can send, but was recorded; and no Origin where none was.
        headers: { ...Object.fromEntries(request.headers.filter(([name]) => name !== "Origin")), ...headers },
        body: request.body && new Uint8Array(request.body),
      });
      return wire;
    };
    const browser = createBrowser((request) => handle(request), new URL(url).origin, String);
    if (cookie !== undefined) {
      const real = handle;
      handle = () =>
        Promise.resolve({ status: 204, headers: setting(cookie), body: new Uint8Array(), broken: "" });
      await browser.fetch("/");
      handle = real;
    }
    const body = bytes.length ? new Uint8Array(bytes) : null;
    const response = await browser.fetch(url, { method, headers, body, redirect: "manual" });
    this.fetched++;
    await this.compare(response, wire as unknown as WireResponse, `${method} ${url}`);
    return wire as unknown as WireResponse;
  }

  private async overWire(url: string, init: RequestInit): Promise<WireResponse> {
    const response = await this.traq.handle(url, init);
    const bytes = new Uint8Array(await response.arrayBuffer()); // decoded
    const gzip = response.headers.get("Content-Encoding") === "gzip";
    const names: Headers = { "set-cookie": "Set-Cookie", location: "Location" }; // as the module writes them
    return {
      status: response.status,
      headers: [...response.headers].map(([name, value]) => [names[name] ?? name, value]),
      body: gzip ? new Uint8Array(gzipSync(bytes)) : bytes,
      broken: "",
    };
  }

  private async compare(response: Response, wire: WireResponse, name: string): Promise<void> {
    const shown = {
      type: response.type,
      status: response.status,
      headers: [...response.headers],
      body: Buffer.from(await response.arrayBuffer()).toString(),
    };
    const should =
      wire.status >= 300 && wire.status < 400
        ? { type: "opaqueredirect", status: 0, headers: [], body: "" }
        : {
            type: "basic",
            status: wire.status,
            headers: wire.headers.filter(([name]) => name !== "Set-Cookie").map((header) => [...header]),
            body: Buffer.from(wire.body).toString(),
          };
    if (!isDeepStrictEqual(shown, should)) {
      this.differences.push(`${name}: ${JSON.stringify([shown, should])}`);
    }
  }
}

function headersOf(raw: readonly string[]): Headers {
  const headers: Headers = {};
  for (let i = 0; i < raw.length; i += 2) {
    headers[(raw[i] as string).toLowerCase()] = raw[i + 1] as string;
  }
  delete headers["content-length"];
  delete headers["host"];
  return headers;
}

/** What sets the cookies of a Cookie header: of two of a name, the one with the longer path goes first. */
function setting(cookie: string): [string, string][] {
  const pairs = cookie.split(";").map((pair) => pair.trim());
  const names = pairs.map((pair) => pair.split("=")[0]);
  return pairs.map((pair, i) => {
    const path = names.includes(names[i], i + 1) ? "/api/v3" : "/";
    return ["Set-Cookie", `${pair}; Path=${path}`];
  });
}
