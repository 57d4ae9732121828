import { auth } from "./auth";

const { style } = document.documentElement;
addEventListener("pagehide", () => (style.display = "none"));
addEventListener("pageshow", async ({ persisted }) => {
  if (!persisted) return;
  try {
    await auth.refresh();
    style.display = "";
  } catch {
    location.reload(); // nobody can tell whose page it is
  }
});
