import { createAuthClient } from "traq-auth";

/** Who the cookie of a request is of: a snapshot. */
export async function sessionOf(request: { headers: Pick<Headers, "get"> }) {
  const auth = createAuthClient({
    baseURL: "https://traq.example/api/v3", // where the server reaches traQ
    timeout: 2000, // of each page that it renders
    fetch: (input, init) => {
      const headers = new Headers(init?.headers);
      headers.set("Cookie", request.headers.get("Cookie") ?? "");
      return fetch(input, { ...init, headers });
    },
  });
  try {
    return await auth.refresh();
  } finally {
    auth.dispose();
  }
}
