import { createAuthClient } from "traq-auth/inline";
import { show, signIn } from "./app.js";

signIn(createAuthClient()).then(show);
