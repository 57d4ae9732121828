import { createAuthClient, isAuthError } from "traq-auth";
import { createAuthClient as inline } from "traq-auth/inline";
import { createOAuth2Client } from "traq-auth/oauth2";
import { createOAuth2Client as oauth2Inline } from "traq-auth/oauth2/inline";

// Tells, as JSON, what becomes of calls in Node.

const baseURL = `${process.argv[2]}/api/v3`;
const alice = { name: "alice", password: "password1234" };

/** A fetch that keeps the one cookie that there is. */
function withCookie() {
  let cookie = "";
  return async (url, init) => {
    const response = await fetch(url, { ...init, headers: { ...init.headers, Cookie: cookie } });
    for (const line of response.headers.getSetCookie()) {
      cookie = line.split(";")[0];
    }
    return response;
  };
}

const outcomes = {};
async function note(name, call) {
  try {
    outcomes[name] = (await call()) ?? "done";
  } catch (error) {
    outcomes[name] = isAuthError(error) ? { code: error.code, message: error.message } : String(error);
  }
}

const auth = createAuthClient({ baseURL });
await note("server", () => auth.getServerInfo());
await note("inline", () => inline({ baseURL }).getServerInfo());
await note("without a base", () => createAuthClient().getServerInfo());
await note("token", () => createAuthClient({ baseURL, accessToken: "read" }).getUser());
await note("login, cookie lost", () => auth.login(alice));
await note("redirecting login, cookie lost", () => auth.login(alice, { redirect: "/channels/general" }));
await note("sessions without a cookie", () => auth.listSessions());

const kept = createAuthClient({ baseURL, fetch: withCookie() });
await note("login", () => kept.login(alice, { redirect: "/channels/general" }));
await note("sessions", async () => (await kept.listSessions()).length);
await note("link", () => kept.linkAccount("oidc", { navigate: false }));
await note("link by navigating", () => kept.linkAccount("oidc"));
await note("logout", () => kept.logout({ redirect: "/" }));
await note("sessions afterwards", () => kept.listSessions());

const app = { baseURL, clientId: "the-app", redirectURI: "https://app.example/callback" };
const memory = () => {
  const items = new Map([
    [
      `traq-auth:token:the-app:${baseURL}`,
      '{"access":"read","refresh":null,"scope":"read","due":null,"login":""}',
    ],
  ]);
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
};
for (const [name, create] of [
  ["oauth2", createOAuth2Client],
  ["oauth2 inline", oauth2Inline],
]) {
  await note(`${name}: address`, async () => (await create(app).login({ navigate: false })).url);
  await note(`${name}: user`, () => create({ ...app, storage: memory() }).getUser());
  await note(`${name}: nobody`, () => create(app).getUser());
}
await note("oauth2 by navigating", () => createOAuth2Client(app).login());
console.log(JSON.stringify(outcomes, null, 1));
