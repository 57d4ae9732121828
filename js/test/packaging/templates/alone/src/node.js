import { createAuthClient, isAuthError } from "traq-auth";
import { createAuthClient as inline } from "traq-auth/inline";

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
console.log(JSON.stringify(outcomes, null, 1));
