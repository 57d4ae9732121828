// oidc-client-ts has the token, and the request is by fetch: of a user it knows OpenID's endpoint alone.
import { UserManager } from "oidc-client-ts";
import type { TokenClient } from "../oauth2.ts";

export const client: TokenClient = (baseURL) => {
  const manager = new UserManager({
    authority: baseURL,
    client_id: "the-app",
    redirect_uri: location.origin + location.pathname,
    scope: "read",
  });
  return async () => {
    const user = await manager.getUser();
    if (!user) {
      throw new Error("nobody is signed in");
    }
    const response = await fetch(`${baseURL}/users/me`, {
      headers: { Authorization: `Bearer ${user.access_token}` },
    });
    if (!response.ok) {
      throw new Error(response.statusText);
    }
    return (await response.json()) as { name: string };
  };
};
