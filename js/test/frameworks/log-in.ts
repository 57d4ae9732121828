import { auth } from "./auth";

/** To be called by the login's form; returns the path to go to. */
export async function logIn(name: string, password: string) {
  await auth.login({ name, password });
  const to = new URLSearchParams(location.search).get("to") || "/";
  return /^[^/]|\/\/|[\\\s]/.test(to) ? "/" : to; // a path of this site, whoever wrote the address
}
