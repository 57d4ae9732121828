import type { Prefetch } from "./prefetch.js";

/** That of who is signed in, by a token that was checked when it was stored. */
export const prefetchRequest: Prefetch = (name, base, credentials, token, [, , scope]) => {
  const has = (one: string): boolean => String(scope).split(" ").includes(one);
  const path = !has("read") && has("profile") ? "/users/me/oidc" : "/users/me";
  return name === "getUser" && token ? ["GET", base + path, credentials, `Bearer ${token}`] : undefined;
};
