import { createSSRApp } from "vue";
import { renderToString } from "vue/server-renderer";
import { page } from "./page";

export const render = (): Promise<string> => renderToString(createSSRApp(page.alone));
