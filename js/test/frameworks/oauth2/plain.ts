import { auth } from "./auth";

const output = document.querySelector("output")!;
document.querySelector("#in")!.addEventListener("click", () => auth.login({ returnTo: location.href }));
document.querySelector("#out")!.addEventListener("click", () => auth.logout());
auth.subscribe(({ status, user }) => (output.textContent = user?.displayName ?? status));
