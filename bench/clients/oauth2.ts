import { createOAuth2Client } from "traq-auth/oauth2";
import type { TokenClient } from "../oauth2.ts";

export const client: TokenClient = (baseURL) => {
  const auth = createOAuth2Client({ baseURL, clientId: "the-app" });
  return () => auth.getUser();
};
