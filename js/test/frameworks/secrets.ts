import { auth } from "./auth";

const { style } = document.documentElement;
const show = () => (style.display = "");

addEventListener("pagehide", () => (style.display = "none"));
addEventListener("pageshow", ({ persisted }) => {
  if (persisted) auth.refresh().then(show, () => location.reload()); // nobody can tell whose page it is
});
