import { createAuthClient } from "traq-auth";
import { ask } from "../ask";
import { SignIn } from "./sign-in";

export const dynamic = "force-dynamic";

export default async function Page() {
  return (
    <>
      <p>{await ask(createAuthClient)}</p>
      <SignIn />
    </>
  );
}
