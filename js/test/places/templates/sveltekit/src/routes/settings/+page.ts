// src/routes/settings/+page.ts
import { redirect } from "@sveltejs/kit";
import type { AuthClient } from "traq-auth";

export async function load({ parent, url }: { parent: () => Promise<{ auth: AuthClient }>; url: URL }) {
  const { auth } = await parent();
  const { user } = await auth.known({ timeout: 5_000 });
  if (!user) redirect(307, `/login?to=${encodeURIComponent(url.pathname + url.search)}`);
  return { user };
}
