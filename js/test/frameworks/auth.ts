import { readFileSync } from "node:fs";
import { createAuthClient } from "traq-auth";
import { fetch } from "./traq.ts";

/** What an application's own auth.ts has: the package as built, here in front of a traQ in this process. */
export const auth = createAuthClient({
  baseURL: "https://q.example/api/v3",
  fetch,
  wasm: readFileSync(new URL("../../dist/traq-auth.wasm", import.meta.url)),
});
