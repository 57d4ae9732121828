import { createAuthClient } from "traq-auth";
import { ask } from "../../ask";

export const dynamic = "force-dynamic";

export const GET = async () => new Response(await ask(createAuthClient));
