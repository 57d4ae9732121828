import makeFetchCookie from "fetch-cookie";
import { signIn } from "./sign-in.js";

/** What a program does for a person: signs in, tells who is now signed in where, and signs out. */
export async function signInAndOut(createAuthClient) {
  const auth = createAuthClient({ baseURL: `${process.env.API}/api/v3`, fetch: makeFetchCookie(fetch) });
  const text = await signIn(auth);
  await auth.logout();
  return text;
}
