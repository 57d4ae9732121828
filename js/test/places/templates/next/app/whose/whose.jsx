"use client";
import { useAuth } from "../auth-provider";

export function Whose() {
  const { status, user } = useAuth();
  return <p id="whose">{user?.displayName ?? status}</p>;
}
