/** What to tell a person of an error, by its code. */
const sentences = {
  invalid_credentials: "The name or the password is wrong.",
  already_logged_in: "You are signed in already; reload the page.",
  account_suspended: "This account is suspended. Ask an administrator of the server.",
  not_authenticated: "You are no longer signed in.",
  provider_not_enabled: "This server does not offer that provider.",
  already_linked: "An account of that provider is linked already.",
  not_linked: "No account of that provider is linked.",
  rate_limited: "That was too often; wait a moment and try again.",
  server_error: "The server has a problem; try again later.",
  invalid_response: "Something other than traQ answered; is a proxy or a sign-on page in between?",
  network_error: "The server cannot be reached; check your connection.",
  timeout: "The server took too long; try again.",
  cross_origin_blocked: "The browser does not let this page call that server.",
  cookie_not_kept: "The browser did not keep the session of that server.",
};

/** The sentence for an error; the library's own where there is none. */
export function words(error) {
  return sentences[error.code] ?? error.message ?? String(error);
}

/** What to tell of a logout that could not be sent; it is sent before anything else that needs the session. */
export const owed =
  "You are signed out here. The server does not know yet: it is told as soon as it can be reached.";

/** What to tell of a link or a login that left the page. */
export function outcomeWords({ kind, provider, outcome }) {
  const title = providerTitle(provider);
  switch (outcome) {
    case "linked":
      return `${title} is linked.`;
    case "signed-in":
      return `You are signed in with ${title}.`;
    default:
      return kind === "link"
        ? `${title} was not linked; nothing has changed.`
        : `You were not signed in with ${title}; nothing has changed.`;
  }
}

const titles = { github: "GitHub", google: "Google", slack: "Slack", oidc: "OpenID Connect" };

/** How a provider is called among people. */
export function providerTitle(name) {
  return titles[name] ?? name;
}

/** A date and a time, without seconds. */
export function exactly(date) {
  return date.toLocaleString("en", { dateStyle: "medium", timeStyle: "short" });
}

const units = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
];
const ago = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

/** How long ago a date was: "2 hours ago". */
export function since(date, now = new Date()) {
  const seconds = (date - now) / 1000;
  const [unit, size] = units.find(([, size]) => -seconds >= size) ?? ["second", 1];
  return unit === "second" ? "just now" : ago.format(Math.round(seconds / size), unit);
}
