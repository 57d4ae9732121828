import { createAuthClient } from "traq-auth";
import { show, signIn } from "./app.js";

signIn(createAuthClient()).then(show);
