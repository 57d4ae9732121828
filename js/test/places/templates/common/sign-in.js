let signedIn;

/**
 * What an application does in a page: signs in, and tells who is now signed in where. Once, however often it is
 * called: React's strict mode runs an effect twice.
 */
export const signIn = (auth) => (signedIn ??= signInOnce(auth));

async function signInOnce(auth) {
  try {
    await auth.login({ name: "alice", password: "password1234" }).catch((error) => {
      // A development server loads a page once more when it has seen what the page imports.
      if (error.code !== "already_logged_in") {
        throw error;
      }
      return auth.refresh();
    });
    const sessions = await auth.listSessions();
    return `${auth.getSnapshot().user.name} is signed in, in ${sessions.length} place`;
  } catch (error) {
    return String(error);
  }
}
