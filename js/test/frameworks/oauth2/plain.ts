import { describe } from "traq-auth/messages";
import { auth } from "./auth";

const output = document.querySelector("output") as HTMLOutputElement;
const tell = (error: unknown) => (output.textContent = describe(error, "en"));
const onClick = (id: string, call: () => Promise<unknown>) =>
  document.getElementById(id)?.addEventListener("click", () => void call().catch(tell));

onClick("in", () => auth.login({ returnTo: location.href }));
onClick("out", () => auth.logout());
auth.subscribe(({ status, user }) => (output.textContent = user?.displayName ?? status));
auth.known().catch(tell); // the server cannot be reached
