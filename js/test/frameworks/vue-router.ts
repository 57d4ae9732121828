import type { RouteLocationNormalized } from "vue-router";
import { auth } from "./auth";

/** For `router.beforeEach`. */
export async function guard(to: RouteLocationNormalized) {
  if (to.path === "/login") return true;
  const { user } = await auth.known({ timeout: 5_000 });
  return user ? true : { path: "/login", query: { to: to.fullPath } };
}
