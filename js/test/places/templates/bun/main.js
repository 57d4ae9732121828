import { createAuthClient } from "traq-auth";
import { ask } from "./ask.js";

console.log(await ask(createAuthClient));
