// Which language a page speaks: what the person chose, or else the browser's.

const key = "language";

function chosen() {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // no storage here
  }
}

/** "ja" or "en". */
export const language = (chosen() ?? navigator.language).startsWith("ja") ? "ja" : "en";
document.documentElement.lang = language;

export const otherLanguage = language === "ja" ? "en" : "ja";

/** Speaks the other language from now on. */
export function speakOther() {
  try {
    localStorage.setItem(key, otherLanguage);
  } catch {} // it stays as it is
  location.reload();
}
