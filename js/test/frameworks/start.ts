import { isAuthError } from "traq-auth";
import { auth } from "./auth";

async function arrive() {
  try {
    await auth.refresh(); // "signed-in" or "signed-out" from here on
    const back = await auth.completeRedirect();
    if (back?.outcome === "unchanged") return; // it did not succeed: stay, and offer the button again
    if (back?.returnTo) location.replace(back.returnTo);
  } catch (error) {
    if (!isAuthError(error)) throw error; // offline, for instance: the snapshot stays as it was
  }
}

void arrive();
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) void arrive(); // back by the back button
});
