import { createAuthClient } from "traq-auth";
import { ask } from "../../ask";

export const runtime = "edge";

export const GET = async () => new Response(await ask(createAuthClient));
