import { AuthenticationApi } from "@traptitech/traq";
import { createAuthClient } from "traq-auth";

// The calls that traQ answers with a redirect, by each client.

export const auth = createAuthClient();
const api = new AuthenticationApi(undefined, "/api/v3");

export async function linkBefore() {
  const { data } = await api.linkExternalAccount({ providerName: "oidc" });
  return data;
}

export const linkAfter = () => auth.linkAccount("oidc", { navigate: false });

export async function logoutBefore() {
  const { status, data } = await api.logout("/api/v3/version");
  return { status, data };
}

export const logoutAfter = () => auth.logout({ redirect: "/api/v3/version" });
