import { renderToString } from "react-dom/server";
import { page } from "./page";

export const render = (): string => renderToString(page.strict);
