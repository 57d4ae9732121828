import { createOAuth2Client } from "traq-auth/oauth2";

export const auth = createOAuth2Client({
  baseURL: "https://q.example/api/v3",
  clientId: "the-id-that-the-server-gave",
  redirectURI: "/callback", // to be registered as https://app.example/callback
});
