import { startProgram } from "./program.ts";

/** Which package is tested: "tinygo" is what is shipped, in js/dist. */
export const flavour = process.env["FLAVOUR"] ?? "tinygo";

/** The server of js/test/e2e/server, and what tests tell it. */
export interface TestServer {
  /** The origin of the example's page and the API. */
  readonly origin: string;
  /** Another origin, with the page and the package, but no API. */
  readonly other: string;
  /** The origin of the example's third party's page, which signs in to the API by OAuth2. */
  readonly thirdParty: string;
  /** Origins where a navigation ends, at any address, with a page that tells the one around it where it is. */
  readonly landing: {
    /** With the API and the package. */
    readonly api: string;
    readonly app: string;
    readonly evil: string;
  };
  /** Forgets everything: a new server, with the users that it begins with. */
  reset(): Promise<void>;
  /** Does an action of authcore/authtest/scenarios. */
  act(action: string, ...args: unknown[]): Promise<void>;
  /** Has every connection to the API break off, or no longer. */
  reachable(is: boolean): Promise<void>;
  /** How many requests have come to the API since the reset. */
  requests(): Promise<number>;
  close(): Promise<void>;
}

/** The folder of the package that is tested. */
const tested = flavour === "tinygo" ? "js/dist" : `build/${flavour}`;

export async function startServer(pkg = tested): Promise<TestServer> {
  const { started, close } = await startProgram("build/e2e-server", ["-pkg", pkg]);
  const { origin, other, thirdParty, ...landing } = started as Pick<
    TestServer,
    "origin" | "other" | "thirdParty"
  > &
    TestServer["landing"];
  const control = async (method: string, path: string, body?: unknown[]): Promise<string> => {
    const response = await fetch(`${origin}/_test/${path}`, {
      method,
      body: body ? JSON.stringify(body) : null,
    });
    if (!response.ok) {
      throw new Error(`${path}: ${await response.text()}`);
    }
    return response.text();
  };
  const act: TestServer["act"] = async (action, ...args) => {
    await control("POST", `act/${action}`, args);
  };
  return {
    origin,
    other,
    thirdParty,
    landing,
    reset: async () => {
      await control("POST", "reset");
    },
    act,
    reachable: (is) => act("answer", ...(is ? [] : [{ break: true }])),
    requests: async () => Number(await control("GET", "requests")),
    close,
  };
}
