import "../../frameworks/secrets";
import { auth } from "./auth";

// A page that shows what is somebody's alone, and tells what is seen of it.

let telling: Promise<unknown> = Promise.resolve();
const tell = (what: string): unknown =>
  (telling = telling.then(() => fetch(`/told?${encodeURIComponent(what)}`)));
const seen = (): string => (document.body.checkVisibility() ? document.body.innerText : "");

auth.subscribe(({ status, user }) => {
  document.body.textContent = user ? `the secret of ${user.name}` : status;
  if (user) {
    tell(seen());
  }
});
async function tellFirstSeen(): Promise<void> {
  while (seen() === "") {
    await new Promise((resolve) => setTimeout(resolve));
  }
  tell(`first seen: ${seen()}`);
}
addEventListener("pageshow", ({ persisted }) => {
  tell(persisted ? "again" : "anew");
  if (persisted) {
    void tellFirstSeen();
  }
});
