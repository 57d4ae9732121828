import { createAuthClient } from "traq-auth/slim";
import wasm from "traq-auth/traq-auth.wasm";
import { show, signIn } from "./app.js";

signIn(createAuthClient({ wasm: new URL(wasm, import.meta.url) })).then(show);
