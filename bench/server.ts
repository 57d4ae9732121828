import { startProgram } from "../js/test/e2e/program.ts";

/** The server of bench/server. */
export interface Server {
  readonly origin: string;
  /** The cookie of a session of the API's. */
  readonly cookie: string;
  /** The API on another origin. */
  readonly other: string;
  /** An access token of a user's for the client "the-app". */
  readonly token: string;
  close(): Promise<void>;
}

export async function startServer(): Promise<Server> {
  const { started, close } = await startProgram("build/bench-server");
  return { ...(started as Omit<Server, "close">), close };
}
