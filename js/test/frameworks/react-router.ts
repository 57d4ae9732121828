import { type LoaderFunctionArgs, redirect } from "react-router";
import { auth } from "./auth";

/** The `loader` of a route that is for who is signed in. */
export async function loader({ request }: LoaderFunctionArgs) {
  const { user } = await auth.known({ signal: request.signal, timeout: 5_000 });
  if (user) return user;
  const { pathname, search } = new URL(request.url);
  return redirect(`/login?to=${encodeURIComponent(pathname + search)}`);
}
