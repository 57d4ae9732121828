// src/routes/+layout.server.ts
import type { RequestEvent } from "@sveltejs/kit";
import { sessionOf } from "$lib/session";

export async function load({ request, setHeaders }: RequestEvent) {
  try {
    setHeaders({ "Cache-Control": "private, no-store" });
  } catch {} // SvelteKit runs it again to render its error page, and they are set
  return { initial: await sessionOf(request).catch(() => undefined) };
}
