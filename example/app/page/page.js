import { createOAuth2Client } from "/pkg/oauth2.js";
import { act, announce, element, left, show, tell } from "/shared/dom.js";
import { frame, readConfig, tellBuild } from "/shared/frame.js";
import { words } from "/shared/words.js";
import { text } from "./texts.js";

frame(text);

/** What stands in each part's line while nothing is wrong. */
const hints = { loading: text.asking, "sign-in": "", user: text.userHint };
const line = (part) => element(`${part}-line`);

/** The client of the server that the page is told of; undefined before that. */
let auth;
/** Whether the person is signing out by a button here, and need not be told that it has happened. */
let leaving = false;

/** Makes the client, where one is registered; says how to register one where not. */
async function connect() {
  const { baseURL, clientId, inMemory } = await readConfig(text);
  const server = new URL(baseURL).origin;
  const link = element("server").querySelector("a");
  link.href = server;
  link.textContent = server;
  hints["sign-in"] = text.signInHint(server, inMemory);
  if (clientId) {
    return createOAuth2Client({ baseURL, clientId });
  }
  element("setup-hint").textContent = text.setupHint(server);
  element("register").textContent = text.register;
  element("redirect-uri").textContent = `${location.origin}/`;
  element("command").textContent = `TRAQ=${server} CLIENT_ID=… make run`;
  show("setup");
}

/** Shows who is signed in; where that cannot be told nobody is taken for signed out. */
async function ask() {
  if (!auth) {
    auth = await connect();
    auth?.subscribe(follow);
  }
  if (auth) {
    await arrive();
  }
}

function failed(error) {
  tell(line("loading"), words(error), true);
  element("failed").hidden = false;
  element("give-up").hidden = !auth;
}

element("ask-again").addEventListener("click", async ({ target }) => {
  try {
    await act(target, line("loading"), hints.loading, ask);
    focusTitle();
  } catch (error) {
    failed(error);
  }
});

/** Has the shown part read aloud, unless it is one in which something can be pressed at once. */
function focusTitle() {
  document.querySelector("section:not([hidden]) h2[tabindex]")?.focus();
}

/** Completes a login, if the page was led back to from one, and shows who is signed in. */
async function arrive() {
  let completed = null;
  let problem = "";
  try {
    completed = await auth.completeLogin();
  } catch (error) {
    problem = words(error);
  }
  if (auth.getSnapshot().status === "unknown") {
    await auth.refresh();
  }
  const isSignedIn = auth.getSnapshot().status === "signed-in";
  if (problem) {
    tell(line(isSignedIn ? "user" : "sign-in"), problem, true);
  } else if (completed && isSignedIn) {
    announce(text.youAreIn);
    focusTitle();
  }
}

function showUser({ name, displayName }) {
  element("initial").textContent = [...displayName][0] ?? "";
  element("display-name").textContent = displayName;
  element("name").textContent = `@${name}`;
  tell(line("user"), hints.user);
  show("signed-in");
}

function showSignedOut(problem) {
  tell(line("sign-in"), problem || hints["sign-in"], Boolean(problem));
  show("signed-out");
  element("sign-in").focus();
}

let before;
function follow(now) {
  const wasSignedIn = before?.status === "signed-in";
  before = now;
  if (now.status === "signed-in") {
    showUser(now.user);
  } else if (now.status === "signed-out") {
    showSignedOut(wasSignedIn && !leaving ? text.ended : "");
  }
}

element("sign-in").addEventListener(
  "click",
  ({ target }) =>
    act(target, line("sign-in"), hints["sign-in"], async () => {
      await auth.login();
      await left();
    }).catch(() => {}), // it is told
);

/** Signs out, which takes place here whatever becomes of it at the server. */
async function signOut() {
  leaving = true;
  try {
    await auth.logout();
  } finally {
    leaving = false;
  }
  announce(text.youAreOut);
}

for (const [id, part] of [
  ["sign-out", "user"],
  ["give-up", "loading"],
]) {
  element(id).addEventListener("click", async ({ target }) => {
    try {
      await act(target, line(part), hints[part], signOut);
    } catch {
      if (auth.getSnapshot().status === "signed-out") {
        tell(line("sign-in"), text.pendingLogout, true);
      }
    }
  });
}

await ask().catch(failed);
await tellBuild(text);
