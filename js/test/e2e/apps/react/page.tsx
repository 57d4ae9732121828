/** @jsxImportSource react */
import { type ReactNode, StrictMode, Suspense, use } from "react";
import { useAuth } from "../../../frameworks/react";
import { auth } from "../auth";
import type { How } from "../begin";

export function Who(): ReactNode {
  const { status, user } = useAuth();
  return <p>{user ? user.displayName : status}</p>;
}

let known: ReturnType<typeof auth.known> | undefined;

/** Waits until it is known, by a promise that outlives the rendering. */
function Known(): ReactNode {
  return <b>{use((known ??= auth.known())).status}</b>;
}

export const page: Readonly<Record<How, ReactNode>> = {
  alone: <Who />,
  strict: (
    <StrictMode>
      <Who />
    </StrictMode>
  ),
  suspense: (
    <StrictMode>
      <Suspense fallback="…">
        <Known />
        <Who />
      </Suspense>
    </StrictMode>
  ),
};
