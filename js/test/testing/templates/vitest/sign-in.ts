import { describe } from "traq-auth/messages";
import { auth } from "./auth";

export async function signIn(form: HTMLFormElement, output: HTMLElement) {
  const fields = new FormData(form);
  const name = String(fields.get("name")).trim().replace(/^@/, "");
  try {
    await auth.login({ name, password: String(fields.get("password")) });
  } catch (error) {
    output.textContent = describe(error, "en");
  }
}
