import { createAuthClient } from "/pkg/index.js";
import { since, words } from "./words.js";

const auth = createAuthClient();

const element = (id) => document.getElementById(id);
const announce = (text) => (element("announcement").textContent = text);

/** Runs a button's task: one at a time, shown while it waits, told if it fails. */
async function act(button, problem, task) {
  if (button.getAttribute("aria-busy") === "true") {
    return; // it stays focusable, so it may be pressed again
  }
  button.setAttribute("aria-busy", "true");
  problem.textContent = "";
  try {
    await task();
  } catch (error) {
    if (error.code === "not_authenticated") {
      showSignedOut();
    }
    (problem.checkVisibility?.() === false ? element("announcement") : problem).textContent = words(error);
  } finally {
    button.removeAttribute("aria-busy");
  }
}

function button(name, describedBy, onClick) {
  const made = document.createElement("button");
  made.textContent = name;
  made.setAttribute("aria-describedby", describedBy);
  made.addEventListener("click", () => onClick(made));
  return made;
}

/** A row: what it is, a smaller line, and a button that says its name. */
function row(id, title, detail, name, onClick) {
  const item = document.createElement("li");
  const text = document.createElement("span");
  const small = document.createElement("small");
  text.id = id;
  text.append(title, small);
  small.textContent = detail;
  item.append(text, button(name, id, onClick));
  return item;
}

/** Replaces a list's rows; focus that was in it goes to the list's heading. */
function fill(list, rows) {
  const focused = list.contains(document.activeElement);
  list.replaceChildren(...rows);
  if (focused) {
    const heading = list.previousElementSibling;
    heading.tabIndex = -1;
    heading.focus();
  }
}

async function showSessions() {
  const sessions = await auth.listSessions();
  sessions.sort((a, b) => b.issuedAt - a.issuedAt);
  fill(
    element("sessions"),
    sessions.map(({ id, issuedAt }) =>
      row(
        `session-${id}`,
        `Signed in ${since(issuedAt)}`,
        issuedAt.toLocaleString(),
        "End session",
        (pressed) =>
          act(pressed, element("sessions-problem"), async () => {
            await auth.revokeSession(id);
            await showSessions();
            announce("The session is ended.");
          }),
      ),
    ),
  );
}

async function showAccounts() {
  const problem = element("accounts-problem");
  const [accounts, providers] = await Promise.all([auth.listAccounts(), auth.listProviders()]);
  const linked = new Set(accounts.map(({ providerName }) => providerName));
  fill(element("accounts"), [
    ...accounts.map(({ providerName, externalName, linkedAt }) =>
      row(
        `account-${providerName}`,
        `${providerName}: ${externalName}`,
        `linked ${since(linkedAt)}`,
        "Unlink",
        (pressed) =>
          act(pressed, problem, async () => {
            await auth.unlinkAccount(providerName);
            await showAccounts();
            announce(`${providerName} is no longer linked.`);
          }),
      ),
    ),
    ...providers
      .filter((provider) => !linked.has(provider))
      .map((provider) =>
        row(`account-${provider}`, provider, "not linked", "Link", (pressed) =>
          act(pressed, problem, () => auth.linkAccount(provider)),
        ),
      ),
  ]);
}

function show(section) {
  element("signed-out").hidden = section !== "signed-out";
  element("signed-in").hidden = section !== "signed-in";
  document.querySelector("main").removeAttribute("aria-busy");
}

function showSignedOut() {
  element("who").textContent = "";
  element("password").value = "";
  show("signed-out");
  element("name").focus();
}

async function showSignedIn() {
  const user = await auth.getUser();
  element("who").textContent = `${user.displayName} (@${user.name})`;
  show("signed-in");
  const parts = [
    [showSessions(), "sessions-problem"],
    [showAccounts(), "accounts-problem"],
  ];
  await Promise.all(
    parts.map(([shown, problem]) => shown.catch((error) => (element(problem).textContent = words(error)))),
  );
}

element("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  const { name, password } = event.target.elements;
  act(event.submitter, element("sign-in-problem"), async () => {
    if (!name.value || !password.value) {
      (name.value ? password : name).focus();
      throw new Error("Give your name and your password.");
    }
    await auth.login({ name: name.value, password: password.value });
    announce("You are signed in.");
    await showSignedIn();
    const heading = element("sessions-title");
    heading.tabIndex = -1;
    heading.focus();
  });
});

for (const [id, all] of [
  ["sign-out", false],
  ["sign-out-everywhere", true],
]) {
  element(id).addEventListener("click", (event) =>
    act(event.target, element("leave-problem"), async () => {
      await auth.logout({ all });
      announce(all ? "You are signed out everywhere." : "You are signed out.");
      showSignedOut();
    }),
  );
}

try {
  await showSignedIn();
} catch (error) {
  showSignedOut();
  if (error.code !== "not_authenticated") {
    announce(words(error));
  }
}

const build = await (await fetch("/pkg/build-info.json")).json();
element("build").textContent = `traq-auth ${build.version}, built with ${
  build.compiler === "tinygo" ? "TinyGo" : "standard Go"
} ${build.compilerVersion}`;
