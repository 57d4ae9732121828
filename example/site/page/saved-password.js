// The browser's own store of passwords, where a page may ask for them:
// https://www.w3.org/TR/credential-management-1/#passwordcredential (Chromium).
// Elsewhere the form's autocomplete does it.

export const canAskForPassword = "PasswordCredential" in globalThis;

/** The name and the password that the person chose among the saved ones, or null. */
export async function askForPassword() {
  const chosen = await navigator.credentials.get({ password: true, mediation: "required" });
  return chosen && { name: chosen.id, password: chosen.password };
}

/** Has the browser offer to save what signed somebody in; nobody waits for the answer. */
export function offerToSave({ name, password }) {
  if (canAskForPassword) {
    navigator.credentials.store(new PasswordCredential({ id: name, name, password })).catch(() => undefined);
  }
}
