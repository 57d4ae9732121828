import { auth } from "./auth";

/** An application, as far as its page lets it begin. */
export interface App {
  /** Renders into an element that is empty, and returns what ends that. */
  readonly mount: (root: HTMLElement, how: How) => () => void;
  /** Takes over what a server has rendered. */
  readonly hydrate: (root: HTMLElement) => void;
}

/** What is rendered: a component with `useAuth` alone, in strict mode, or beside one that waits until it is known. */
export type How = "alone" | "strict" | "suspense";

/** What a page tells when it has come to its end. */
export interface Told {
  /** What stood in the page from the server's rendering on, one after the other. */
  readonly shown: readonly string[];
  /** Whether the server's element is still there. */
  readonly isKept: boolean;
  /** What was logged or not caught. */
  readonly logged: readonly string[];
}

declare const logged: string[];

const wait = (ms = 0): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Does the steps of the page's address, in their order and at once but for "await"; then
 * waits until what is true is shown, or no longer, and tells what became of it.
 */
export async function begin(app: App): Promise<void> {
  const root = document.querySelector("#root") as HTMLElement;
  const query = new URLSearchParams(location.search);
  const element = root.querySelector("p");
  const shown = [root.textContent];
  const note = (): void => {
    if (root.textContent !== shown.at(-1)) {
      shown.push(root.textContent);
    }
  };
  new MutationObserver(note).observe(root, { subtree: true, childList: true, characterData: true });
  const calls: Promise<unknown>[] = [];
  const steps: Record<string, () => unknown> = {
    mount: () => (steps["unmount"] = app.mount(root, (query.get("how") ?? "alone") as How)),
    hydrate: () => app.hydrate(root),
    focus: () => dispatchEvent(new Event("focus")),
    pageshow: () => dispatchEvent(new PageTransitionEvent("pageshow")),
    visibilitychange: () => document.dispatchEvent(new Event("visibilitychange", { bubbles: true })),
    task: () => wait(),
    await: () => Promise.all(calls),
  };
  for (const name of ["known", "refresh", "getUser", "ready"] as const) {
    // That nobody is signed in is an error of getUser's.
    steps[name] = () => void calls.push(auth[name]().catch(() => undefined));
  }
  for (const name of (query.get("steps") ?? "").split(" ")) {
    const done = steps[name]?.();
    if (name === "await" || name === "task") {
      await done;
    }
  }
  await Promise.all(calls);
  const isAtItsEnd = (): boolean => {
    const { status, user } = auth.getSnapshot();
    return (
      performance.getEntriesByType("resource").some(({ name }) => name.endsWith("/users/me")) &&
      status === (query.get("who") === "alice" ? "signed-in" : "signed-out") &&
      root.textContent.includes(user?.displayName ?? status)
    );
  };
  for (const end = Date.now() + 25_000; !isAtItsEnd() && Date.now() < end;) {
    await wait(10);
  }
  await wait(20); // what it would ask besides is under way
  const told: Told = { shown, isKept: element === root.querySelector("p"), logged };
  await fetch(`/told?${encodeURIComponent(JSON.stringify(told))}`);
}
