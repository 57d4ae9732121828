// src/routes/+layout.ts
import { browser } from "$app/environment";
import { type AuthClient, createAuthClient, type Snapshot } from "traq-auth";

let page: AuthClient | undefined; // in a browser alone: a server has many users

export function load({ data }: { data: { initial: Snapshot | undefined } }) {
  const auth = page ?? createAuthClient({ initial: data.initial });
  if (browser) page = auth;
  return { auth };
}
