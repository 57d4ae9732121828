import { createAuthClient } from "traq-auth";

export const auth = createAuthClient();
