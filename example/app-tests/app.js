import { isAuthError } from "traq-auth";
import { describe } from "traq-auth/messages";

/** The application: a form to sign in, or who is signed in and where. */
export function mount(root, auth) {
  const show = (...nodes) => root.replaceChildren(...nodes);
  return auth.subscribe(({ status, user }) => {
    if (status === "signed-in") {
      show(
        element("h1", `Hello, ${user.displayName}`),
        sessions(auth),
        button("Sign out", () => auth.logout()),
      );
    } else if (status === "signed-out") {
      show(form(auth));
    } else {
      show(element("p", "…"));
    }
  });
}

function form(auth) {
  const [name, password] = [element("input"), element("input")];
  const problem = element("p");
  problem.role = "alert";
  password.type = "password";
  const form = element("form");
  form.append(name, password, element("button", "Sign in"), problem);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await auth.login({ name: name.value, password: password.value });
    } catch (error) {
      problem.textContent = isAuthError(error) ? describe(error, "en") : String(error);
    }
  });
  return form;
}

function sessions(auth) {
  const list = element("ul");
  auth.listSessions().then(
    (all) => list.append(...all.map(({ current }) => element("li", current ? "here" : "elsewhere"))),
    (error) => list.append(element("li", describe(error, "en"))),
  );
  return list;
}

function button(text, action) {
  const button = element("button", text);
  button.addEventListener("click", action);
  return button;
}

const element = (name, text = "") => Object.assign(document.createElement(name), { textContent: text });
