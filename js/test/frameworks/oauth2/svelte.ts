import { derived } from "svelte/store";
import { auth } from "./auth";

export const displayName = derived(auth, ({ user }) => user?.displayName);
