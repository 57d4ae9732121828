/** What an application does on its server: asks for itself, and for who has a token. */
export async function ask(createAuthClient) {
  try {
    const auth = createAuthClient({ baseURL: `${process.env.API}/api/v3`, accessToken: "read" });
    return `${(await auth.getUser()).name}, at traQ ${(await auth.getServerInfo()).version}`;
  } catch (error) {
    return String(error);
  }
}
