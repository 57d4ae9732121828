import { createAuthClient } from "traq-auth/inline";
import type { Client } from "../contenders.ts";

export const client: Client = (baseURL) => {
  const auth = createAuthClient({ baseURL });
  return () => auth.listSessions();
};
