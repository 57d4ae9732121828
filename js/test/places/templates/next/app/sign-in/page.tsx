// app/sign-in/page.tsx
"use client";
import { type FormEvent, useCallback, useEffect, useState } from "react";
import { describe } from "traq-auth/messages";
import { useAuth, useAuthClient } from "../auth-provider";

export default function SignIn() {
  const auth = useAuthClient();
  const { status, user } = useAuth();
  const [message, setMessage] = useState("");
  const [busy, setBusy] = useState(true); // until hydration: the browser would send the form by itself

  /** Waits for a call, and shows what goes wrong. */
  const run = useCallback(async (call: Promise<unknown>) => {
    setBusy(true);
    setMessage("");
    await call.catch((error) => setMessage(describe(error, "en")));
    setBusy(false);
  }, []);

  useEffect(() => void run(auth.known()), [auth, run]);

  function signIn(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const name = String(fields.get("name")).trim().replace(/^@/, "");
    run(auth.login({ name, password: String(fields.get("password")) }));
  }

  return (
    <main>
      {status === "signed-out" && (
        <form onSubmit={signIn}>
          <label>
            Name <input name="name" autoComplete="username" required />
          </label>
          <label>
            Password <input name="password" type="password" autoComplete="current-password" required />
          </label>
          <button disabled={busy}>Sign in</button>
        </form>
      )}
      {user && (
        <p>
          {user.displayName}{" "}
          <button disabled={busy} onClick={() => run(auth.logout())}>
            Sign out
          </button>
        </p>
      )}
      <p role="alert">{message}</p>
    </main>
  );
}
