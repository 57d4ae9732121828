import { createAuthClient } from "traq-auth/inline";
import { show, signIn } from "./app.js";

show(await signIn(createAuthClient()));
