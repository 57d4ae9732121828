import { auth } from "./auth";

const output = document.querySelector("output") as HTMLOutputElement;
document.querySelector("#in")?.addEventListener("click", () => void auth.login({ returnTo: location.href }));
document.querySelector("#out")?.addEventListener("click", () => void auth.logout());
auth.subscribe(({ status, user }) => (output.textContent = user?.displayName ?? status));
