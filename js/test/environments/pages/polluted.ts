import type { AuthClient } from "../../../src/index.ts";

/** What is put on Object.prototype, by what it is called; as an assignment leaves it, but for the last two. */
export type Value = keyof typeof descriptors;

const assigned = (value: unknown): PropertyDescriptor => bare({ value, writable: true });
/** A descriptor that has nothing of Object.prototype. */
const bare = (descriptor: PropertyDescriptor): PropertyDescriptor =>
  Object.assign(Object.create(null) as object, { configurable: true, enumerable: true }, descriptor);

const descriptors = {
  text: assigned("polluted"),
  number: assigned(1),
  true: assigned(true),
  null: assigned(null),
  object: assigned(Object.create(null)),
  function: assigned(() => {}),
  "read-only text": bare({ value: "polluted", writable: false }),
  getter: bare({ get: () => "polluted" }),
};

/** Runs a task with names on Object.prototype; it "hangs" where it takes too long. */
async function polluted(
  names: readonly string[],
  value: Value,
  task: () => Promise<string>,
): Promise<string> {
  const descriptor = descriptors[value];
  const limit = new Promise<string>((resolve) => setTimeout(resolve, 10_000, "hangs"));
  for (const name of names) {
    Object.defineProperty(Object.prototype, name, descriptor);
  }
  try {
    return await Promise.race([limit, task()]);
  } catch (error) {
    return String(error);
  } finally {
    for (const name of names) {
      Reflect.deleteProperty(Object.prototype, name);
    }
  }
}

/** What somebody writes by hand. */
async function byHand(): Promise<string> {
  const login = await fetch("/api/v3/login", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name: "alice", password: "wrong" }),
    credentials: "same-origin",
    cache: "no-store",
    redirect: "manual",
    signal: new AbortController().signal,
  });
  const { message } = (await login.json()) as { message: string };
  const { type } = await fetch("/api/auth/oidc", { redirect: "manual" });
  return `${login.status} ${message} ${type}`;
}

/** The same by the client, and more. */
async function byClient(entry: string): Promise<string> {
  const outcomes: string[] = [];
  const note = async (call: (auth: AuthClient) => Promise<unknown>, auth: AuthClient): Promise<void> => {
    let outcome: string;
    try {
      outcome = String(await call(auth));
    } catch (error) {
      const { code = String(error), status } = error as { code?: string; status?: unknown };
      outcome = `${code} ${String(status)}`;
    }
    outcomes[outcomes.length] = outcome;
  };
  const { createAuthClient } = (await import(`/pkg/${entry}`)) as typeof import("/pkg/index.js");
  const auth = createAuthClient();
  const timed = createAuthClient({ timeout: 5000 });
  const alice = { name: "alice", password: "password1234" };
  await note((auth) => auth.login({ name: "alice", password: "wrong" }), auth);
  await note(async (auth) => (await auth.login(alice, {})).redirectTo, timed);
  await note(async (auth) => (await auth.login(alice)).redirectTo, auth);
  await note(async (auth) => (await auth.listSessions()).map(({ current }) => current), auth);
  await note(async (auth) => (await auth.getUser({})).name, auth);
  await note(async (auth) => (await auth.getServerInfo({ timeout: 4000 })).version, timed);
  await note(
    async (auth) => new URL((await auth.linkAccount("oidc", { navigate: false })).url).pathname,
    auth,
  );
  await note((auth) => auth.revokeSession("no id"), auth);
  await note(async (auth) => (await auth.refresh()).status, auth);
  await note(async (auth) => (await auth.logout({})).redirectTo, auth);
  await note(async (auth) => (await auth.refresh()).status, timed);
  timed.dispose();
  auth.dispose();
  // What was asked for, too: a query may say what nobody meant.
  for (const { name } of performance.getEntriesByType("resource")) {
    if (/[/]api[/].*[?]/.test(name)) {
      outcomes[outcomes.length] = name;
    }
  }
  return outcomes.join("; ");
}

const pollution = {
  values: Object.keys(descriptors) as Value[],
  /** The names with which a fetch by hand does as ever. */
  async borne(names: readonly string[], value: Value): Promise<string[]> {
    const borne: string[] = [];
    for (const name of names) {
      if ((await polluted([name], value, byHand)) === "401 password or id is wrong opaqueredirect") {
        borne.push(name);
      }
    }
    return borne;
  },
  async client(entry: string, names: readonly string[], value: Value): Promise<string> {
    const outcomes = await polluted(names, value, () => byClient(entry));
    await fetch("/api/v3/logout", { method: "POST" });
    return outcomes;
  },
};
export type Pollution = typeof pollution;
Object.assign(globalThis, { pollution });
