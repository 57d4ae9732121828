import { createAuthClient } from "traq-auth";
import { ask } from "../../../ask.js";

export const GET = async () => new Response(await ask(createAuthClient));
