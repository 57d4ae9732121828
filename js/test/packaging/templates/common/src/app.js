/** What an application does with a client: signs in, and tells who is now signed in where. */
export async function signIn(auth) {
  try {
    await auth.login({ name: "alice", password: "password1234" });
    const sessions = await auth.listSessions();
    return `${auth.getSnapshot().user.name} is signed in, in ${sessions.length} place`;
  } catch (error) {
    return String(error);
  }
}

/**
 * The same by OAuth2. A page of the server's own origin can do by itself what a
 * person does on the way: sign in there, and allow it.
 */
export async function signInByOAuth2(createOAuth2Client, wasm) {
  try {
    const post = (path, body) => fetch(`/api/v3/${path}`, { method: "POST", body });
    const auth = createOAuth2Client({
      baseURL: "/api/v3",
      clientId: "the-app",
      redirectURI: "/_test/blank",
      wasm,
    });
    const { url } = await auth.login({ navigate: false });
    const alice = JSON.stringify({ name: "alice", password: "password1234" });
    await post("login", new Blob([alice], { type: "application/json" }));
    await fetch(url);
    const answer = await post("oauth2/authorize/decide", new URLSearchParams({ submit: "approve" }));
    if (!(await auth.completeLogin(answer.url))) {
      throw new Error(`no answer in ${answer.url}`);
    }
    return `${(await auth.getUser()).name} is signed in, in 1 place`;
  } catch (error) {
    return String(error);
  }
}

export const show = (text) => document.body.append(text);
