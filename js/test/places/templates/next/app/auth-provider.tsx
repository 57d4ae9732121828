// app/auth-provider.tsx
"use client";
import { createContext, type ReactNode, use, useState, useSyncExternalStore } from "react";
import { type AuthClient, createAuthClient, type Snapshot } from "traq-auth";

const Client = createContext<AuthClient | null>(null);

/** Gives what is in it a client, which begins with what the server rendered. */
export function AuthProvider({ initial, children }: { initial: Snapshot | undefined; children: ReactNode }) {
  const [auth] = useState(() => createAuthClient({ initial }));
  return <Client value={auth}>{children}</Client>;
}

/** The client, to call. */
export function useAuthClient() {
  const auth = use(Client);
  if (!auth) throw new Error("there is no AuthProvider around it");
  return auth;
}

/** Who is signed in. */
export function useAuth() {
  const auth = useAuthClient();
  return useSyncExternalStore(auth.subscribe, auth.getSnapshot, auth.getServerSnapshot);
}
