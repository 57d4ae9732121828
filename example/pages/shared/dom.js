// The pages' pieces: sections, buttons that show that they wait, lines that tell, rows.
import { words } from "./words.js";

export const element = (id) => document.getElementById(id);

/** Says something where it moves nothing, and takes it away after a while, unless it is to stay. */
export function announce(text, stays = false) {
  const place = element("announcement");
  place.textContent = text;
  clearTimeout(announce.timer);
  announce.timer = stays ? undefined : setTimeout(() => (place.textContent = ""), 10_000);
}

/** Writes a section's line: what it is about or, in its place, what went wrong. */
export function tell(line, text, problem = false) {
  line.textContent = text;
  line.classList.toggle("problem", problem);
}

/**
 * Runs a button's task: one at a time, shown while it waits, and told in the
 * line if it fails. The button stays focusable, so focus is not lost.
 */
export async function act(button, line, hint, task) {
  if (button.getAttribute("aria-disabled") === "true") {
    return;
  }
  button.setAttribute("aria-disabled", "true");
  tell(line, hint);
  try {
    await task();
  } catch (error) {
    tell(line, words(error), true);
    throw error;
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

/** A row of a list: what it is, smaller what more is known, what can be done, and what marks it. */
export function row(id, title, detail, action, onClick, mark = "") {
  const item = document.createElement("li");
  const text = document.createElement("p");
  const small = document.createElement("small");
  const button = document.createElement("button");
  text.id = id;
  small.append(detail);
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

/** A time as a person reads it, and exactly for who points at it. */
export function time(date, text) {
  const made = document.createElement("time");
  made.dateTime = date.toISOString();
  made.title = date.toLocaleString();
  made.textContent = text;
  return made;
}

/** Replaces a list's rows. Focus that was in it stays at its place, or goes to the heading. */
export function fill(list, rows) {
  const at = [...list.children].findIndex((item) => item.contains(document.activeElement));
  list.replaceChildren(...rows);
  if (at >= 0) {
    const next = rows[Math.min(at, rows.length - 1)]?.querySelector("button");
    (next ?? list.closest("section").querySelector("h2")).focus();
  }
}

/** Shows one of the page's parts in place of the others. */
export function show(id) {
  for (const part of document.querySelector("main").children) {
    part.hidden = part.id !== id;
  }
  // With another part comes another page's end: it does not move there.
  document.querySelector("main").after(document.querySelector("footer"));
  document.querySelector("main").removeAttribute("aria-busy");
}

/** Resolves when the browser has left for another page, and this one is shown again. */
export const left = () => new Promise((resolve) => addEventListener("pageshow", resolve, { once: true }));
