/** @jsxImportSource solid-js */
import { createResource, type JSX, Suspense } from "solid-js";
import { useAuth } from "../../../frameworks/solid";
import { auth } from "../auth";

export function Who(): JSX.Element {
  const snapshot = useAuth();
  return <p>{snapshot().user?.displayName ?? snapshot().status}</p>;
}

/** Waits until it is known. */
export function Known(): JSX.Element {
  const [known] = createResource(() => auth.known());
  return (
    <Suspense fallback="…">
      <b>{known()?.status}</b>
      <Who />
    </Suspense>
  );
}
