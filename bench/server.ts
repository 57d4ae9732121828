import { startProgram } from "../js/test/e2e/program.ts";

/** The server of bench/server. */
export interface Server {
  readonly origin: string;
  /** The cookie of a session of the API's. */
  readonly cookie: string;
  close(): Promise<void>;
}

export async function startServer(): Promise<Server> {
  const { started, close } = await startProgram("build/bench-server");
  return { ...(started as { origin: string; cookie: string }), close };
}
