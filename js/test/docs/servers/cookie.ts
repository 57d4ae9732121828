import { createAuthClient } from "traq-auth";

/** Who the cookie of a request is of: a snapshot. */
export async function sessionOf(request: Request) {
  const cookie = request.headers.get("Cookie") ?? "";
  const auth = createAuthClient({
    baseURL: "https://traq.example/api/v3",
    fetch: (input, init) => fetch(input, { ...init, headers: { ...init?.headers, cookie } }),
  });
  try {
    return await auth.refresh();
  } finally {
    auth.dispose();
  }
}
