import { createAuthClient } from "traq-auth";
import { show, signIn } from "./app.js";

show(await signIn(createAuthClient()));
