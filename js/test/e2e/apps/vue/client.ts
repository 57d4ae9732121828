import { createApp, createSSRApp } from "vue";
import { begin } from "../begin";
import { page } from "./page";

await begin({
  mount(root, how) {
    const app = createApp(how === "suspense" ? page.suspense : page.alone);
    app.mount(root);
    return () => app.unmount();
  },
  hydrate: (root) => void createSSRApp(page.alone).mount(root),
});
