import { createOAuth2Client } from "traq-auth/oauth2/slim";
import wasm from "traq-auth/traq-auth-oauth2.wasm";
import { show, signInByOAuth2 } from "./app.js";

signInByOAuth2(createOAuth2Client, new URL(wasm, import.meta.url)).then(show);
