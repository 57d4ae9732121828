"use client";
import { useEffect, useState } from "react";
import { signIn } from "../sign-in";
import { useAuthClient } from "./auth-provider";

export function SignIn() {
  const auth = useAuthClient();
  const [text, setText] = useState("");
  useEffect(() => {
    signIn(auth).then(setText);
  }, [auth]);
  return <p id="signed-in">{text}</p>;
}
