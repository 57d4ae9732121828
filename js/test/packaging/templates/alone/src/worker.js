// An import map is its page's alone.
import { createAuthClient } from "../node_modules/traq-auth/dist/index.js";
import { signIn } from "./app.js";

signIn(createAuthClient()).then(postMessage);
