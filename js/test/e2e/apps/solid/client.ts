import { createComponent, hydrate, render } from "solid-js/web";
import { begin } from "../begin";
import { Known, Who } from "./page";

await begin({
  mount: (root, how) => render(() => createComponent(how === "suspense" ? Known : Who, {}), root),
  hydrate: (root) => void hydrate(() => createComponent(Who, {}), root),
});
