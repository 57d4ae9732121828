import { createAuthClient } from "traq-auth";
import { ask } from "./ask.js";
import { signInAndOut } from "./without-a-page.js";

console.log(await ask(createAuthClient));
console.log(await signInAndOut(createAuthClient));
