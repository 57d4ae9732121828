import { createComponent, generateHydrationScript, renderToString } from "solid-js/web";
import { Who } from "./page";

export const head = generateHydrationScript();
export const render = (): string => renderToString(() => createComponent(Who, {}));
