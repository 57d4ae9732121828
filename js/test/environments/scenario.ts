import assert from "node:assert/strict";
import type { AuthClient } from "../../src/index.ts";
import { alice, type Outcome } from "../e2e/client.ts";
import type { TestServer } from "../e2e/server.ts";

/** What a task may use of its realm. */
export interface Realm {
  readonly AbortController: new () => { readonly signal: unknown; abort(reason?: unknown): void };
  readonly setTimeout: (callback: () => void, ms: number) => unknown;
}

/** A task in a realm, with the realm's client. It may be known by its source alone, so it closes over nothing. */
export type Task = (auth: AuthClient, realm: Realm) => unknown;

/** Runs a task where the client is, and gives its outcome as JSON. */
export type Run = (task: Task) => Promise<Outcome>;

const sessions = "/api/v3/users/me/sessions";

/** Plays what a person does and what goes wrong meanwhile; a client must be right about all of it wherever it is. */
export async function play(server: TestServer, run: Run): Promise<void> {
  const value = async (task: Task): Promise<unknown> => {
    const outcome = await run(task);
    assert.equal(outcome.error, undefined, `${task.toString()}\n${JSON.stringify(outcome.error)}`);
    return outcome.value;
  };
  const fails = async (code: string, status: number | null, task: Task): Promise<void> => {
    const outcome = await run(task);
    const { error } = outcome;
    const got = [error?.["name"], error?.["code"], error?.["status"]];
    assert.deepEqual(got, ["AuthError", code, status], `${task.toString()}\n${JSON.stringify(outcome)}`);
  };

  await fails("invalid_credentials", 401, (auth) => auth.login({ name: "alice", password: "wrong" }));
  assert.equal(await value((auth) => auth.getSnapshot().status), "signed-out");
  await server.act("answer", { break: true });
  await fails("network_error", null, (auth) => auth.login({ name: "alice", password: "password1234" }));
  await server.act("answer");
  const login: Task = (auth) => auth.login({ name: "alice", password: "password1234" });
  assert.deepEqual(await value(login), { redirectTo: null });
  assert.equal(await value((auth) => auth.getSnapshot().user?.name), alice.name);
  await fails("already_logged_in", 400, login);

  const list: Task = async (auth) =>
    (await auth.listSessions()).map(({ issuedAt, current }) => [
      Date.now() - issuedAt.getTime() < 60_000,
      current,
    ]);
  assert.deepEqual(await value(list), [[true, true]]);
  await server.act("answer", {
    path: sessions,
    status: 429,
    body: '{"message":"rate limit exceeded"}',
    times: 1,
  });
  const before = await server.requests();
  assert.deepEqual(await value(list), [[true, true]]);
  assert.equal((await server.requests()) - before, 2);

  await server.act("answer", { path: sessions, status: 200, wait: 3_600_000 });
  const aborted: Task = async (auth, { AbortController, setTimeout }) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 50);
    const signal = controller.signal as AbortSignal;
    const error: unknown = await auth.listSessions({ signal }).catch((error: unknown) => error);
    // A signal of another's may have no reason.
    return [(error as Error).name, error === signal.reason || signal.reason === undefined];
  };
  const [name, same] = (await value(aborted)) as [string, boolean];
  assert.match(name, /^AbortError$/);
  assert.equal(same, true, "the reason of the signal");
  await fails("timeout", null, (auth) => auth.listSessions({ timeout: 100 }));
  await server.act("answer");

  assert.deepEqual(await value((auth) => auth.logout()), { redirectTo: null });
  assert.equal(await value((auth) => auth.getSnapshot().status), "signed-out");
  await fails("not_authenticated", 401, (auth) => auth.listSessions());
  const leave: Task = async (auth) =>
    new URL((await auth.loginWith("oidc", { navigate: false })).url).pathname;
  assert.equal(await value(leave), "/api/auth/oidc");
}
