import { auth } from "./auth";

/** Where the user is signed in, this browser first. */
export async function listDevices() {
  const sessions = await auth.listSessions();
  return sessions.sort((a, b) => Number(b.current) - Number(a.current) || +b.issuedAt - +a.issuedAt);
}

/** Ends a session, and says whether it was this one. */
export async function endDevice(id: string) {
  await auth.revokeSession(id);
  return auth.getSnapshot().status === "signed-out";
}

/** Ends all others, and returns how many could not be ended. */
export async function endOtherDevices() {
  const { failed } = await auth.revokeOtherSessions();
  return failed.length;
}
