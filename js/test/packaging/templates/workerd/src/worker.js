import { createAuthClient } from "traq-auth";
import { createAuthClient as createInline } from "traq-auth/inline";
import { createOAuth2Client } from "traq-auth/oauth2";

export default {
  async fetch(request, { API, TOKEN }) {
    const baseURL = `${API}/api/v3`;
    const auth = createAuthClient({ baseURL, accessToken: () => TOKEN });
    const stranger = createAuthClient({ baseURL, fetch: (...request) => fetch(...request) });
    const app = createOAuth2Client({ baseURL, clientId: "app", redirectURI: "https://app.example/" });
    return Response.json({
      version: (await auth.getServerInfo()).version,
      user: (await auth.getUser()).name,
      wrong: await stranger.login({ name: "alice", password: "wrong" }).catch(({ code }) => code),
      inline: await createInline({ baseURL })
        .ready()
        .catch(({ message }) => message),
      consent: (await app.login({ navigate: false })).url,
    });
  },
};
