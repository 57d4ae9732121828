import { createAuthClient } from "traq-auth";
import { ask } from "../../ask.js";

export const loader = async () => new Response(await ask(createAuthClient));
