import { useEffect, useState } from "react";
import { createAuthClient } from "traq-auth";
import { signIn } from "../sign-in.js";

const auth = createAuthClient();

export function SignIn() {
  const [text, setText] = useState("");
  useEffect(() => {
    signIn(auth).then(setText);
  }, []);
  return <p id="signed-in">{text}</p>;
}
