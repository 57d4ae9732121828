import { createAuthClient } from "traq-auth";
import { ask } from "../../ask.js";

export const load = async () => ({ asked: await ask(createAuthClient) });
