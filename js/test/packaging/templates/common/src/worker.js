import { createAuthClient } from "traq-auth";
import { signIn } from "./app.js";

signIn(createAuthClient()).then(postMessage);
