// app/layout.tsx
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { AuthProvider } from "./auth-provider";
import { sessionOf } from "./session";

export default async function Layout({ children }: { children: ReactNode }) {
  const initial = await sessionOf({ headers: await headers() }).catch(() => undefined);
  return (
    <html lang="en">
      <body>
        <AuthProvider initial={initial}>{children}</AuthProvider>
      </body>
    </html>
  );
}
