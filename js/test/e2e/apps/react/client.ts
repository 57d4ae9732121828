import { createRoot, hydrateRoot } from "react-dom/client";
import { begin } from "../begin";
import { page } from "./page";

declare const logged: string[];
const onRecoverableError = (error: unknown): unknown => logged.push(String(error));

await begin({
  mount(root, how) {
    const react = createRoot(root, { onRecoverableError });
    react.render(page[how]);
    return () => react.unmount();
  },
  hydrate: (root) => void hydrateRoot(root, page.strict, { onRecoverableError }),
});
