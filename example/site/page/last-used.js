// Which way to sign in was used last in this browser.

const key = "last-used";

/** The way of a provider; that of a name and a password is "password". */
export const wayOf = (provider) => `provider ${provider}`;

export function lastUsed() {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // no storage here
  }
}

export function rememberLastUsed(way) {
  try {
    localStorage.setItem(key, way);
  } catch {} // none is marked
}
