import { createAuthClient } from "traq-auth";

export default defineEventHandler(async () => {
  const auth = createAuthClient({ baseURL: `${process.env.API}/api/v3`, accessToken: "read" });
  return `${(await auth.getUser()).name}, at traQ ${(await auth.getServerInfo()).version}`;
});
