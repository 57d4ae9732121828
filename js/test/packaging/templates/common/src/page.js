import { show } from "./app.js";

new Worker(new URL("./worker.js", import.meta.url), { type: "module" }).onmessage = ({ data }) => show(data);
