import { createAuthClient } from "traq-auth";
import { ask } from "../../ask.js";

export default defineEventHandler(() => ask(createAuthClient));
