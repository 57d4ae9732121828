import { useEffect, useState } from "react";
import { createAuthClient } from "traq-auth";
import { ask } from "../../ask.js";
import { signIn } from "../../sign-in.js";

export const loader = () => ask(createAuthClient);

export default function Home({ loaderData }) {
  const [text, setText] = useState("");
  useEffect(() => {
    signIn(createAuthClient()).then(setText);
  }, []);
  return (
    <>
      <p>{loaderData}</p>
      <p id="signed-in">{text}</p>
    </>
  );
}
