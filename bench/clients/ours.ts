import { createAuthClient } from "traq-auth";
import type { Client } from "../contenders.ts";

export const client: Client = (baseURL) => {
  const auth = createAuthClient({ baseURL });
  return () => auth.listSessions();
};
