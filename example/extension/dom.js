import { language, words } from "./words.js";

/** @param {string} id */
export function element(id) {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`there is no element ${id}`);
  }
  return found;
}

/** Fills in the words of the browser's language. */
export function translate() {
  document.documentElement.lang = language;
  document.title = words.title;
  for (const place of document.querySelectorAll("[data-words]")) {
    place.textContent = words[/** @type {keyof words} */ (place.getAttribute("data-words"))];
  }
}

/**
 * A row of a list: what it is, what more is known, what can be done, and what marks it.
 *
 * @param {string} id
 * @param {string} title
 * @param {string} detail
 * @param {string} action
 * @param {(button: HTMLElement) => void} onClick
 */
export function row(id, title, detail, action, onClick, mark = "") {
  const item = document.createElement("li");
  const text = document.createElement("p");
  const small = document.createElement("small");
  const button = document.createElement("button");
  text.id = id;
  small.textContent = detail;
  text.append(title, small);
  if (mark) {
    const strong = document.createElement("strong");
    strong.className = "mark";
    strong.textContent = mark;
    text.prepend(strong, " ");
  }
  button.textContent = action;
  button.setAttribute("aria-describedby", id); // many have the same name
  button.addEventListener("click", () => onClick(button));
  item.append(text, button);
  return item;
}

/**
 * Replaces a list's rows. Focus that was in it stays at its place, or goes to
 * the heading.
 *
 * @param {string} id
 * @param {HTMLElement[]} rows
 */
export function fillList(id, rows) {
  const list = element(id);
  const at = [...list.children].findIndex((item) => item.contains(document.activeElement));
  list.replaceChildren(...rows);
  if (at >= 0) {
    const next = rows[Math.min(at, rows.length - 1)]?.querySelector("button");
    (next ?? element(`${id}-title`)).focus();
  }
}
