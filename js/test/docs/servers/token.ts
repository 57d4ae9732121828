import { createAuthClient } from "traq-auth";

/** Who a request's token is of. */
export async function userOf(request: Request) {
  const [, accessToken] = /^Bearer (.+)$/.exec(request.headers.get("Authorization") ?? "") ?? [];
  const auth = createAuthClient({ baseURL: "https://traq.example/api/v3", accessToken });
  try {
    return await auth.getUser();
  } finally {
    auth.dispose();
  }
}
