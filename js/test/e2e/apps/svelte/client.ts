import { hydrate, mount, unmount } from "svelte";
import { begin } from "../begin";
import Known from "./Known.svelte";
import Who from "./Who.svelte";

await begin({
  mount(target, how) {
    const app = mount(how === "suspense" ? Known : Who, { target });
    return () => void unmount(app);
  },
  hydrate: (target) => void hydrate(Who, { target }),
});
