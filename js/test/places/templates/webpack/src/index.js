import { createAuthClient } from "traq-auth";
import { signIn } from "../sign-in.js";

document.querySelector("#signed-in").textContent = await signIn(createAuthClient());
