import process from "node:process";
import { createAuthClient } from "traq-auth";
import { ask } from "./ask.js";

globalThis.process ??= process;
console.log(await ask(createAuthClient));
