// What to tell a person of an error.
import { describe } from "/pkg/messages.js";
import { language } from "./language.js";

/** The sentence for an error. What was given wrong, the library tells in English alone. */
export function words(error) {
  const { name, code, message } = error ?? {};
  if (name !== "AuthError") {
    return message ?? String(error); // the page's own
  }
  return code === "invalid_argument"
    ? `${describe(error, language)} (${message})`
    : describe(error, language);
}
