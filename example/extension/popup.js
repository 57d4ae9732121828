import { fillList, element, row, translate } from "./dom.js";
import { browser } from "./browser.js";
import { takeOutcome } from "./outcome.js";
import { clientId } from "./settings.js";
import { language, signInWith, words } from "./words.js";

/**
 * @typedef {ReturnType<typeof import("./by-cookie.js").byCookie>["answers"]
 *   & Pick<ReturnType<typeof import("./by-token.js").byToken>["answers"], "consent">} Answers
 */

/** A refusal, in words for people. */
class Refusal extends Error {
  /** @param {{ error: string; status: string }} answer */
  constructor({ error, status }) {
    super(error);
    this.status = status;
  }
}

/**
 * Asks the extension's own script, which holds the client.
 *
 * @template {keyof Answers} Name
 * @param {Name} name
 * @param {Parameters<Answers[Name]>} args
 * @returns {Promise<Awaited<ReturnType<Answers[Name]>>>}
 */
async function ask(name, ...args) {
  const answer =
    /** @type {{ value: Awaited<ReturnType<Answers[Name]>> } | { error: string; status: string }} */ (
      await browser.runtime.sendMessage({ ask: name, args })
    );
  if ("error" in answer) {
    throw new Refusal(answer);
  }
  return answer.value;
}

/**
 * Begins a button's task: one at a time, shown while it waits, and told if it
 * fails. The button stays focusable, so focus is not lost.
 *
 * @param {HTMLElement} button
 * @param {() => Promise<string>} task what gives the words for its success
 */
function press(button, task) {
  if (button.getAttribute("aria-disabled") !== "true") {
    void run(button, task);
  }
}

/** @type {(button: HTMLElement, task: () => Promise<string>) => Promise<void>} */
async function run(button, task) {
  button.setAttribute("aria-disabled", "true");
  element("problem").textContent = "";
  element("announcement").textContent = "";
  try {
    element("announcement").textContent = await task();
  } catch (error) {
    tell(error);
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

/** @param {unknown} error */
function tell(error) {
  if (error instanceof Refusal && error.status === "signed-out") {
    show("signed-out");
  }
  element("problem").textContent = error instanceof Error ? error.message : String(error);
}

/** @param {"unknown" | "signed-out" | "signed-in"} status */
function show(status) {
  for (const id of ["unknown", "signed-out", "signed-in"]) {
    element(id).hidden = id !== status;
  }
  if (status !== "signed-in") {
    element("who").textContent = "";
  }
  if (status === "signed-out") {
    input("password").value = "";
    if (clientId) {
      element("sign-in-with-traq").focus();
    } else {
      element("name").focus();
      void showProviders();
    }
  }
}

/** Offers to sign in with each provider. Where they cannot be listed, a name and a password do. */
async function showProviders() {
  /** @type {HTMLElement[]} */
  let buttons = [];
  let problem = "";
  try {
    buttons = (await ask("providers")).map((provider) => {
      const button = document.createElement("button");
      button.textContent = signInWith(provider);
      button.addEventListener("click", () =>
        press(button, async () => {
          await ask("signInWith", provider);
          return words.linking;
        }),
      );
      return button;
    });
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  element("providers").replaceChildren(...buttons);
  element("elsewhere-problem").textContent = problem;
  element("elsewhere").hidden = buttons.length === 0 && problem === "";
}

async function showSessions() {
  const sessions = await ask("sessions");
  sessions.sort((a, b) => Number(b.current) - Number(a.current) || b.issuedAt - a.issuedAt);
  const rows = sessions.map(({ id, issuedAt, current }) => {
    const when = new Date(issuedAt).toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
    const mark = current ? words.thisSession : "";
    const end = (/** @type {HTMLElement} */ button) =>
      press(button, async () => {
        await ask("endSession", id);
        if (current) {
          show("signed-out");
        } else {
          await showSessions();
        }
        return words.ended;
      });
    return row(`session-${id}`, words.since, when, words.endSession, end, mark);
  });
  fillList("sessions", rows);
  element("others").hidden = sessions.length < 2;
}

async function showAccounts() {
  const rows = (await ask("accounts")).map(({ provider, externalName }, index) =>
    externalName === null
      ? row(`account-${String(index)}`, provider, words.notLinked, words.link, (button) =>
          press(button, async () => {
            await ask("link", provider);
            return words.linking;
          }),
        )
      : row(`account-${String(index)}`, provider, externalName, words.unlink, (button) =>
          press(button, async () => {
            await ask("unlink", provider);
            await showAccounts();
            return words.unlinked;
          }),
        ),
  );
  fillList("accounts", rows);
}

/** Shows who is signed in, once all of it is there. */
async function showState() {
  const { status, user } = await ask("state");
  if (user) {
    const lists = clientId ? [] : [showSessions(), showAccounts()];
    await Promise.allSettled(lists);
    element("who").textContent = `${user.displayName} (@${user.name})`;
    show(status);
    await Promise.all(lists); // where one failed, that is told beside the other
  } else {
    show(status);
  }
}

async function showOutcome() {
  const outcome = await takeOutcome();
  if (outcome) {
    element("announcement").textContent = outcome.done;
    element("problem").textContent = outcome.problem;
  }
}

async function start() {
  element("loading").hidden = false;
  element("again").hidden = true;
  try {
    await showState();
    await showOutcome();
  } catch (error) {
    tell(error);
    element("loading").hidden = true;
    element("again").hidden = false;
  } finally {
    element("main").removeAttribute("aria-busy");
  }
}

/** @param {string} id */
const input = (id) => /** @type {HTMLInputElement} */ (element(id));

translate();
for (const id of ["by-cookie", "all-sessions", "all-accounts", "sign-out-everywhere"]) {
  element(id).hidden = clientId !== "";
}
element("by-token").hidden = clientId === "";
element("sign-in-with-traq").addEventListener("click", () => {
  const button = element("sign-in-with-traq");
  press(button, async () => {
    await ask("consent");
    return words.goOn;
  });
});
element("signed-out").addEventListener("submit", (event) => {
  event.preventDefault();
  const button = element("sign-in");
  press(button, async () => {
    const name = input("name").value.replace(/^[@＠]/, ""); // people write it as traQ shows it
    await ask("signIn", { name, password: input("password").value });
    await showState();
    element("sessions-title").focus();
    return words.signedIn;
  });
});
for (const [id, all] of /** @type {const} */ ([
  ["sign-out", false],
  ["sign-out-everywhere", true],
])) {
  element(id).addEventListener("click", () =>
    press(element(id), async () => {
      await ask("signOut", all);
      show("signed-out");
      return words.signedOut;
    }),
  );
}
element("end-others").addEventListener("click", () =>
  press(element("end-others"), async () => {
    const failed = await ask("endOthers");
    await showSessions();
    if (failed > 0) {
      throw new Error(words.othersFailed);
    }
    element("sessions-title").focus();
    return words.othersEnded;
  }),
);
element("again").addEventListener("click", () => {
  element("problem").textContent = "";
  void start();
});
browser.runtime.onMessage.addListener((message) => {
  if (message === "concluded") {
    void start();
  }
  return false;
});
await start();
