import { describe } from "traq-auth/messages";
import { auth } from "./auth";

export const signOut = (output: HTMLElement) =>
  auth.logout().then(
    () => (output.textContent = ""),
    (error) => (output.textContent = describe(error, "en")), // offline: signed out here, and the server is told later
  );
