// What to tell a person of a link that left the page, and of a time.
import { language } from "/shared/language.js";
import { text } from "./texts.js";

/** What to tell of a link or a login that left the page. */
export function outcomeWords({ kind, provider, outcome }) {
  const title = providerTitle(provider);
  switch (outcome) {
    case "linked":
      return text.linked(title);
    case "signed-in":
      return text.signedInWith(title);
    default:
      return kind === "link" ? text.linkUnchanged(title) : text.loginUnchanged(title);
  }
}

// A map has nothing but what is put in: a name is the server's to choose.
const titles = new Map([
  ["github", "GitHub"],
  ["google", "Google"],
  ["slack", "Slack"],
  ["oidc", "OpenID Connect"],
]);

/** How a provider is called among people. */
export function providerTitle(name) {
  return titles.get(name) ?? name;
}

/** A name as traQ knows it: people write it with an @ before it, as traQ shows it. */
export function userName(written) {
  return written.replace(/^[@＠]/, "");
}

/** A date and a time, without seconds. */
export function exactly(date) {
  return date.toLocaleString(language, { dateStyle: "medium", timeStyle: "short" });
}

const units = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];
const ago = new Intl.RelativeTimeFormat(language, { numeric: "auto" });

/** How long ago a date was: "2 hours ago". */
export function since(date, now = new Date()) {
  const seconds = (date - now) / 1000;
  const [unit, size] = units.find(([, size]) => -seconds >= size) ?? ["second", 1];
  return unit === "second" ? text.justNow : ago.format(Math.round(seconds / size), unit);
}
