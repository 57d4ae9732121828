// app/plugins/auth.ts
import { createAuthClient, type Snapshot } from "traq-auth";
import { sessionOf } from "~/session";

export default defineNuxtPlugin(async () => {
  const initial = useState<Snapshot | undefined>("who is signed in");
  if (import.meta.server) {
    useResponseHeader("Cache-Control").value = "private, no-store";
    const headers = new Headers(useRequestHeaders(["cookie"]));
    initial.value = await sessionOf({ headers }).catch(() => undefined);
  }
  return { provide: { auth: createAuthClient({ initial: initial.value }) } };
});
