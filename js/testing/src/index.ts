/**
 * traQ's Authentication API in memory, for tests.
 *
 * @packageDocumentation
 */
import { create } from "./create.js";
import { listenAt } from "./listen.js";
import type { Listening, ListenOptions, TestServer, TestServerOptions } from "./types.js";

export type {
  Actions,
  Answer,
  Browser,
  Duration,
  Listening,
  ListenOptions,
  TestServer,
  TestServerOptions,
  User,
} from "./types.js";

/**
 * Makes a server with its own users, sessions and cookies. It has the users alice, bob and flooder with the
 * password "password1234", traq with "traq", and deactivated, suspended, nopass and BOT_alicebot, of whom none
 * can log in.
 */
export async function createTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  return (await create(options)).traq;
}

/** Makes a server that listens at a port, in Node: for browsers, and for other languages. */
export function listen(options: ListenOptions = {}): Promise<Listening> {
  return listenAt(options);
}
