import { createAuthClient } from "traq-auth/inline";

export const auth = createAuthClient();
