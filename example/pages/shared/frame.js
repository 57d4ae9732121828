// What is around each page: its texts, the language's button, whether the
// browser is offline, and what the server says of itself and of the build.
import { announce, element } from "./dom.js";
import { otherLanguage, speakOther } from "./language.js";

/** Writes the document's own texts, and has its frame work. */
export function frame(text) {
  document.title = text.title;
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = text[element.dataset.text];
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", text[element.dataset.label]);
  }
  element("language").lang = otherLanguage;
  element("language").addEventListener("click", speakOther);
  addEventListener("offline", () => announce(text.offline, true));
  addEventListener("online", () => announce(text.online));
}

/** What the page's server tells of what is around it. */
export async function readConfig(text) {
  const response = await fetch("/_example/config.json").catch(() => undefined);
  const config = await response?.json().catch(() => undefined);
  if (!config) {
    throw new Error(text.unreachable);
  }
  return config;
}

/** Says in the footer which build it is, where that can be told. */
export async function tellBuild(text) {
  try {
    const { version, compiler, compilerVersion } = await (await fetch("/pkg/build-info.json")).json();
    element("build").textContent = text.builtWith(
      version,
      `${compiler === "tinygo" ? "TinyGo" : "standard Go"} ${compilerVersion}`,
    );
  } catch {}
}
