import { createAuthClient, isAuthError } from "traq-auth";

const auth = createAuthClient();

export async function signIn(name: string, password: string) {
  try {
    await auth.login({ name, password });
    return `Welcome, ${(await auth.getUser()).displayName}`;
  } catch (error) {
    const code = isAuthError(error) ? error.code : undefined;
    if (code === "invalid_credentials") return "The name or the password is wrong.";
    if (code === "account_suspended") return "This account is suspended.";
    throw error;
  }
}

export async function isSignedIn() {
  return (await auth.refresh()).status === "signed-in";
}

export async function listDevices() {
  const sessions = await auth.listSessions();
  return sessions.map(({ id, issuedAt }) => ({ id, since: issuedAt }));
}

export const endDevice = (id: string) => auth.revokeSession(id);

export const signOut = () => auth.logout();
