import { describe } from "traq-auth/messages";
import { auth } from "./auth";

async function complete() {
  try {
    const completed = await auth.completeLogin(); // null where the page is opened by itself, or reloaded
    location.replace(completed?.returnTo ?? "/");
  } catch (error) {
    document.body.textContent = describe(error, "en"); // denied, too slow, forged, offline …
    document.body.append(" ", Object.assign(document.createElement("a"), { href: "/", textContent: "Home" }));
  }
}

void complete();
