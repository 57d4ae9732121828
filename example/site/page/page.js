import { createAuthClient } from "/pkg/index.js";
import { act, announce, element, fill, left, row, show, tell, time } from "/shared/dom.js";
import { frame, readConfig, tellBuild } from "/shared/frame.js";
import { words } from "/shared/words.js";
import { lastUsed, rememberLastUsed, wayOf } from "./last-used.js";
import { askForPassword, canAskForPassword, offerToSave } from "./saved-password.js";
import { text } from "./texts.js";
import { exactly, outcomeWords, providerTitle, since, userName } from "./words.js";

frame(text);

// Whoever ends this session on another device is told here within a minute.
const auth = createAuthClient({ refreshOn: { interval: 60_000 } });

/** What stands in each section's line while nothing is wrong. */
const hints = { "sign-in": "", sessions: text.sessionsHint, accounts: "", leave: text.leaveHint };
const line = (section) => element(`${section}-line`);

/** Says which server is behind the page, as far as its own tells. */
async function describeServer() {
  const { traq, app } = await readConfig(text); // a real one's origin, and the other page's address
  element("sign-in-hint").textContent = text.signInHint(traq);
  element("providers-hint").textContent = text.providersHint(traq);
  hints.accounts = text.accountsHint(traq);
  for (const [section, hint] of Object.entries(hints)) {
    tell(line(section), hint);
  }
  if (app) {
    element("app").firstElementChild.href = app;
  }
}

/** Runs a button's task. Where its failure led to the form, it is told there. */
async function press(button, section, task) {
  try {
    await act(button, line(section), hints[section], task);
  } catch (error) {
    if (auth.getSnapshot().status === "signed-out" && section !== "sign-in") {
      const ended = error?.code === "not_authenticated" ? text.endedElsewhere : words(error);
      tell(line("sign-in"), section === "leave" ? text.pendingLogout : ended, true);
    }
  }
}

/** How many of this page's own calls are under way that may end its session. */
let ending = 0;
async function mayEnd(task) {
  ending++;
  try {
    await task();
  } finally {
    ending--;
  }
}

async function showSessions() {
  const sessions = await auth.listSessions();
  sessions.sort((a, b) => Number(b.current) - Number(a.current) || b.issuedAt - a.issuedAt);
  const rows = sessions.map(({ id, issuedAt, current }) =>
    row(
      `session-${id}`,
      text.signedIn(since(issuedAt)),
      time(issuedAt, exactly(issuedAt)),
      text.endSession,
      (button) =>
        press(button, "sessions", async () => {
          await mayEnd(() => auth.revokeSession(id));
          if (!current) {
            await showSessions();
          }
          announce(text.sessionEnded);
        }),
      current ? text.thisSession : "",
    ),
  );
  fill(element("sessions"), rows);
  element("others").hidden = sessions.length < 2;
}

element("end-others").addEventListener("click", ({ target }) =>
  press(target, "sessions", async () => {
    const { revoked, failed } = await auth.revokeOtherSessions();
    await showSessions();
    if (failed.length > 0) {
      throw new Error(text.othersFailed(failed.length));
    }
    announce(text.othersEnded(revoked.length));
    element("sessions-title").focus();
  }),
);

async function showAccounts() {
  const [accounts, providers] = await Promise.all([auth.listAccounts(), auth.listProviders()]);
  const linked = accounts.map(({ providerName, externalName, linkedAt }, index) =>
    row(
      `linked-${index}`,
      providerTitle(providerName),
      time(linkedAt, text.linkedSince(externalName, since(linkedAt))),
      text.unlink,
      (button) =>
        press(button, "accounts", async () => {
          await auth.unlinkAccount(providerName);
          await showAccounts();
          announce(text.unlinked(providerTitle(providerName)));
        }),
    ),
  );
  const open = providers
    .filter((provider) => !accounts.some(({ providerName }) => providerName === provider))
    .map((provider, index) =>
      row(`open-${index}`, providerTitle(provider), text.notLinked, text.link, (button) =>
        press(button, "accounts", async () => {
          await auth.linkAccount(provider, { returnTo: location.href });
          await left();
        }),
      ),
    );
  fill(element("accounts"), [...linked, ...open]);
  if (linked.length + open.length === 0) {
    tell(line("accounts"), text.noProviders);
  }
}

/** Shows the accounts anew, or why that is not possible. */
const showAccountsAgain = () => showAccounts().catch((error) => tell(line("accounts"), words(error), true));

function providerButton(name, task) {
  const button = document.createElement("button");
  button.textContent = name;
  button.addEventListener("click", () => press(button, "sign-in", task));
  return button;
}

/** What stands below the button of a way to sign in where that was used last. */
function mark(id, way) {
  const mark = Object.assign(document.createElement("small"), { id, className: "mark", hidden: true });
  mark.dataset.way = way;
  mark.textContent = text.lastUsed;
  return mark;
}

function showLastUsed() {
  for (const mark of document.querySelectorAll("[data-way]")) {
    mark.hidden = mark.dataset.way !== lastUsed();
    const button = mark.previousElementSibling;
    if (mark.hidden) {
      button.removeAttribute("aria-describedby");
    } else {
      button.setAttribute("aria-describedby", mark.id);
    }
  }
}

/** Offers to sign in with each provider. Where they cannot be listed, a name and a password do. */
async function showProviders() {
  const buttons = element("provider-buttons");
  const problem = element("providers-problem");
  let offered;
  try {
    offered = (await auth.listProviders()).flatMap((provider, index) => [
      providerButton(text.signInWith(providerTitle(provider)), async () => {
        await auth.loginWith(provider, { returnTo: location.href });
        await left();
      }),
      mark(`last-used-${index}`, wayOf(provider)),
    ]);
    problem.textContent = "";
    showProviders.done = true;
  } catch (error) {
    offered = [providerButton(text.tryAgain, showProviders)];
    problem.textContent = words(error);
  }
  problem.hidden = !problem.textContent;
  element("providers").hidden = offered.length === 0;
  const focused = buttons.contains(document.activeElement);
  buttons.replaceChildren(...offered);
  showLastUsed();
  if (focused) {
    (offered[0] ?? element("name")).focus();
  }
}

function showSignedOut() {
  element("who").textContent = "";
  element("password").value = "";
  tell(line("sign-in"), hints["sign-in"]);
  showLastUsed();
  element("saved-password").hidden = !canAskForPassword;
  show("signed-out");
  element("name").focus();
  if (!showProviders.done) {
    void showProviders();
  }
}

/** Shows who is signed in once all of it is there, so that nothing moves. */
async function showSignedIn(user) {
  const parts = { sessions: showSessions(), accounts: showAccounts() };
  await Promise.all(
    Object.entries(parts).map(([section, part]) =>
      part.catch((error) => tell(line(section), words(error), true)),
    ),
  );
  if (auth.getSnapshot().user?.id === user.id) {
    element("who").textContent = named(user);
    show("signed-in");
  }
}

const named = ({ name, displayName }) => `${displayName} (@${name})`;

element("sign-in").addEventListener("submit", (event) => {
  event.preventDefault();
  const { name, password } = event.target.elements;
  press(event.target.querySelector("button"), "sign-in", async () => {
    const given = { name: userName(name.value), password: password.value };
    for (const field of [name, password]) {
      field.setAttribute("aria-invalid", String(!given[field.name]));
    }
    const empty = [name, password].find((field) => !given[field.name]);
    if (empty) {
      empty.focus();
      throw new Error(text.giveBoth);
    }
    await signIn(given);
  });
});

element("saved-password").addEventListener("click", ({ target }) =>
  press(target, "sign-in", async () => {
    const saved = await askForPassword();
    if (!saved) {
      throw new Error(text.noneChosen);
    }
    await signIn(saved);
  }),
);

async function signIn(given) {
  await auth.login(given);
  rememberLastUsed("password");
  offerToSave(given);
  await shown;
  announce(text.youAreIn);
  element("sessions-title").focus();
}

for (const [id, all] of [
  ["sign-out", false],
  ["sign-out-everywhere", true],
]) {
  element(id).addEventListener("click", ({ target }) =>
    press(target, "leave", async () => {
      await mayEnd(() => auth.logout({ all }));
      announce(all ? text.youAreOutEverywhere : text.youAreOut);
    }),
  );
}

/** Asks who is signed in; where that fails nobody is taken for signed out. */
async function ask() {
  element("ask-again").hidden = true;
  tell(line("loading"), "");
  try {
    if (!before) {
      await describeServer();
      auth.subscribe(follow);
    }
    await auth.refresh();
    await tellReturn();
  } catch (error) {
    tell(line("loading"), words(error), true);
    element("ask-again").hidden = false;
  }
}
element("ask-again").addEventListener("click", ask);

/** Tells what became of a link or a login, if the page has left for one, where it can be seen. */
async function tellReturn() {
  const tellHere = (words) =>
    tell(line(auth.getSnapshot().status === "signed-in" ? "accounts" : "sign-in"), words, true);
  try {
    const back = await auth.completeRedirect();
    await shown;
    if (back?.outcome === "unchanged") {
      tellHere(outcomeWords(back));
    } else if (back) {
      if (back.outcome === "signed-in") {
        rememberLastUsed(wayOf(back.provider));
      }
      announce(outcomeWords(back));
    }
    return back;
  } catch (error) {
    tellHere(words(error));
  }
}

// Back by the back button: the page goes on where it was left.
addEventListener("pageshow", async ({ persisted }) => {
  if (persisted && (await tellReturn())?.outcome === "linked") {
    await showAccountsAgain();
  }
});

/** Resolves when what is known of who is signed in is shown. */
let shown;
let before;
function follow(now) {
  if (now.status === "signed-in") {
    if (before === now) {
      // Another tab has linked or unlinked an account.
      void showAccountsAgain();
    } else if (before?.user?.id === now.user.id) {
      element("who").textContent = named(now.user); // a new name
    } else {
      shown = showSignedIn(now.user);
    }
  } else if (now.status === "signed-out") {
    showSignedOut();
    if (before?.status === "signed-in" && !ending) {
      tell(line("sign-in"), text.endedElsewhere, true);
    }
  } else if (before) {
    void ask(); // a login or a logout that failed on its way
  }
  before = now;
}
await ask();
await tellBuild(text);
