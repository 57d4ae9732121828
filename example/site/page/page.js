import { createAuthClient } from "/pkg/index.js";
import { act, announce, element, fill, row, tell, time } from "./dom.js";
import { exactly, providerTitle, since, words } from "./words.js";

const auth = createAuthClient();

/** Which server is behind the page: its address, or null for one in memory. */
const { traq } = await (await fetch("/_example/config.json")).json();

element("sign-in-hint").textContent = traq
  ? `With your name and password at ${traq}.`
  : "Try alice with the password password1234.";

/** What stands in each section's line while nothing is wrong. */
const hints = {
  "sign-in": "",
  sessions: "Each is a browser that can act as you. End the ones that you do not know.",
  accounts: traq
    ? `Linking leads to ${traq} and comes back there, not here, unless its callback is set to this page's.`
    : "Sign in with an account that you have elsewhere.",
  leave: "Everywhere means every browser in the list above.",
};
const line = (section) => element(`${section}-line`);
for (const [section, hint] of Object.entries(hints)) {
  tell(line(section), hint);
}

/** Runs a button's task; whoever is no longer signed in is shown the form. */
async function press(button, section, task) {
  try {
    await act(button, line(section), hints[section], task);
  } catch (error) {
    if (error.code === "not_authenticated" && section !== "sign-in") {
      showSignedOut();
      tell(line("sign-in"), words(error), true);
    }
  }
}

async function showSessions() {
  const sessions = await auth.listSessions();
  sessions.sort((a, b) => b.issuedAt - a.issuedAt);
  const rows = sessions.map(({ id, issuedAt }) =>
    row(
      `session-${id}`,
      `Signed in ${since(issuedAt)}`,
      time(issuedAt, exactly(issuedAt)),
      "End session",
      (button) =>
        press(button, "sessions", async () => {
          await auth.revokeSession(id);
          await showSessions();
          announce("The session is ended.");
        }),
    ),
  );
  fill(element("sessions"), rows);
}

async function showAccounts() {
  const [accounts, providers] = await Promise.all([auth.listAccounts(), auth.listProviders()]);
  const linked = accounts.map(({ providerName, externalName, linkedAt }) =>
    row(
      `account-${providerName}`,
      providerTitle(providerName),
      time(linkedAt, `${externalName}, linked ${since(linkedAt)}`),
      "Unlink",
      (button) =>
        press(button, "accounts", async () => {
          await auth.unlinkAccount(providerName);
          await showAccounts();
          announce(`${providerTitle(providerName)} is no longer linked.`);
        }),
    ),
  );
  const open = providers
    .filter((provider) => !accounts.some(({ providerName }) => providerName === provider))
    .map((provider) =>
      row(`account-${provider}`, providerTitle(provider), "not linked", "Link", (button) =>
        press(button, "accounts", async () => {
          await auth.linkAccount(provider);
          await new Promise((resolve) => addEventListener("pageshow", resolve, { once: true })); // it leaves
        }),
      ),
    );
  fill(element("accounts"), [...linked, ...open]);
  if (linked.length + open.length === 0) {
    tell(line("accounts"), "This server offers no accounts to link.");
  }
}

function show(section) {
  for (const id of ["loading", "signed-out", "signed-in"]) {
    element(id).hidden = id !== section;
  }
  // With another section comes another page's end: it does not move there.
  document.querySelector("main").after(document.querySelector("footer"));
  document.querySelector("main").removeAttribute("aria-busy");
}

function showSignedOut() {
  element("who").textContent = "";
  element("password").value = "";
  tell(line("sign-in"), hints["sign-in"]);
  show("signed-out");
  element("name").focus();
}

/** Shows who is signed in once all of it is there, so that nothing moves. */
async function showSignedIn() {
  const user = await auth.getUser();
  const parts = { sessions: showSessions(), accounts: showAccounts() };
  for (const [section, part] of Object.entries(parts)) {
    await part.catch((error) => tell(line(section), words(error), true));
  }
  element("who").textContent = `${user.displayName} (@${user.name})`;
  show("signed-in");
}

element("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  const { name, password } = event.target.elements;
  press(event.target.querySelector("button"), "sign-in", async () => {
    for (const field of [name, password]) {
      field.setAttribute("aria-invalid", String(!field.value));
    }
    const empty = [name, password].find((field) => !field.value);
    if (empty) {
      empty.focus();
      throw new Error("Give your name and your password.");
    }
    await auth.login({ name: name.value, password: password.value });
    await showSignedIn();
    announce("You are signed in.");
    element("sessions-title").focus();
  });
});

for (const [id, all] of [
  ["sign-out", false],
  ["sign-out-everywhere", true],
]) {
  element(id).addEventListener("click", ({ target }) =>
    press(target, "leave", async () => {
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
    tell(line("sign-in"), words(error), true);
  }
}

const build = await (await fetch("/pkg/build-info.json")).json();
element("build").textContent = `traq-auth ${build.version}, built with ${
  build.compiler === "tinygo" ? "TinyGo" : "standard Go"
} ${build.compilerVersion}`;
