import { createAuthClient } from "traq-auth";

/** Renders a page's head on the server, in front of an API. */
export async function render(api) {
  const auth = createAuthClient({ baseURL: `${api}/api/v3` });
  const { version } = await auth.getServerInfo();
  return `<title>${auth.getServerSnapshot().status}, at traQ ${version}</title>`;
}
