/** What an application does in a page: signs in, and tells who is now signed in where. */
export async function signIn(auth) {
  try {
    await auth.login({ name: "alice", password: "password1234" });
    const sessions = await auth.listSessions();
    return `${auth.getSnapshot().user.name} is signed in, in ${sessions.length} place`;
  } catch (error) {
    return String(error);
  }
}
