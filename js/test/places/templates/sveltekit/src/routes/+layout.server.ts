// src/routes/+layout.server.ts
import type { RequestEvent } from "@sveltejs/kit";
import { sessionOf } from "$lib/session";

export async function load({ request, setHeaders }: RequestEvent) {
  setHeaders({ "Cache-Control": "private, no-store" });
  return { initial: await sessionOf(request).catch(() => undefined) };
}
